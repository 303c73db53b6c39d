// What the app sends to the map, and what the map sends back.

export interface Node {
  id: number;
  label: string;
  number: string | null;
  doc_type: string | null;
  date: string | null;
  year: number | null;
  issuer: string | null;
  where: string | null;
  title: string | null;
  held: number;
  variants: string[];
  reasons: string[];
  doubt: string | null;
}

export interface Proof {
  record_id: string;
  printed: string | null;
  page: number | null;
  sentence: string | null;
  via: string | null;
  attached: boolean;
}

export interface Edge {
  source: number;
  target: number;
  relation: string;
  verb: string;
  proofs: Proof[] | null; // null: not sent with a large map; asked for when somebody looks
}

export interface Args {
  drawing: string; // another key is another drawing: place everything anew
  nodes: Node[];
  edges: Edge[];
  focus: number[];
  layout: "hierarchy" | "time";
  cut: boolean;
  opened: number[]; // nodes whose neighbours are shown
}
