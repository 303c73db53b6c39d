// What the app sends to the desk, and what the desk sends back.

export type Box = [number, number, number, number];

export interface Place {
  page: number;
  boxes: Box[];
  span: [number, number] | null; // in code points of the page's raw text
  hand: boolean;
}

export interface Suggestion {
  text: string;
  confidence: number | null;
  hand: boolean;
}

export interface Field {
  pointer: string;
  title: string;
  within: string; // the item or object it is a part of
  kind: "text" | "long" | "date" | "choice" | "lines" | "fixed";
  value: string;
  choices: string[];
  flag: "missing" | "unreadable" | "inferred" | "low" | "check" | "ok" | "corrected" | "empty";
  first: boolean; // asked for before anything else
  confidence: number | null;
  note: string;
  suggestions: Suggestion[]; // other readings of the ink, the surest first
  complete: { tail?: string; year?: string; month?: string } | null; // what is printed round the ink
  places: Place[];
}

export interface Item {
  pointer: string;
  title: string;
  fields: Field[];
}

export interface Group {
  name: string;
  fields: Field[];
  list: { pointer: string; add: string; items: Item[]; blank: Field[] } | null;
}

export interface PageData {
  number: number;
  image: string | null;
  text: string | null; // for pages without a picture
  wanted: boolean; // a picture can be had by asking
}

export interface Change {
  op: "set" | "insert" | "remove";
  pointer: string;
  value: string | Record<string, string>;
  page?: number;
  boxes?: Box[];
}

export interface Args {
  mode: "review" | "preview";
  id: string;
  version: number;
  title: string;
  pages: PageData[];
  groups: Group[];
  marks: Place[];
  editable: boolean;
  confirmable: boolean;
  rereadable: boolean;
  register: boolean | null; // null: it stands in the book already, or may not be entered
  next: boolean;
  reread: { token: string; pointer: string; text: string; confidence: number | null; page: number; box: Box } | null;
  refusal: { token: string; pointer: string; message: string } | null;
  openPage: number | null;
}
