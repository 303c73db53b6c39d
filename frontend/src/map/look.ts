// How the map looks: colours of relations, shapes of documents, and labels that stay readable when it is far away.

import type { Core } from "cytoscape";
import type { Edge, Node } from "./model";

export const COLOURS: Record<string, string> = {
  implements: "#1b5e9b", promulgates: "#1b5e9b", based_on: "#3f7150", guides: "#3f7150", replies_to: "#8a5a00",
  follows: "#8a5a00", proposed_by: "#8a5a00", replaces: "#a61c1c", repeals: "#a61c1c", recalls: "#a61c1c",
  amends: "#a61c1c", corrects: "#a61c1c", refers_to: "#6b6b6b",
};
export const WIDE = 214;
export const HIGH = 72;
const FONT = '"Source Sans 3", "Noto Sans", "DejaVu Sans", Arial, sans-serif';
const PLUS =
  "data:image/svg+xml;utf8," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="9" fill="#fff" stroke="#1b5e9b" stroke-width="1.4"/><path d="M10 5.5v9M5.5 10h9" stroke="#1b5e9b" stroke-width="1.8"/></svg>',
  );

/** Near: whole labels; middle: the number alone, larger; far: larger still. */
const LEVELS = [
  { from: 0.62, label: "data(name)", size: 14.5 },
  { from: 0.36, label: "data(short)", size: 23 },
  { from: 0, label: "data(short)", size: 33 },
];

export const STYLE = [
  { selector: "node", style: {
    shape: "round-rectangle", width: WIDE, height: HIGH, "background-color": "#dcebf7", "border-width": 1.4,
    "border-color": "#1b5e9b", label: "data(name)", "font-size": 14.5, color: "#1c2733", "text-wrap": "wrap",
    "text-max-width": `${WIDE - 22}px`, "text-valign": "center", "text-halign": "center", "min-zoomed-font-size": 6,
    "font-family": FONT, "line-height": 1.12,
  } },
  { selector: "node.ghost", style: { "background-color": "#ffffff", "border-style": "dashed", "border-color": "#6b747c", color: "#48525c" } },
  { selector: "node.root", style: { "background-color": "#fbe3df", "border-color": "#9b1c1c", "border-width": 2 } },
  { selector: "node.root.ghost", style: { "background-color": "#fff6f4" } },
  { selector: "node.doubt", style: { "border-color": "#b45309" } },
  // Thousands of documents go without the plus, and their citations are plain lines: each property takes its time there.
  { selector: "node.closed.near", style: {
    "background-image": PLUS, "background-width": "20px", "background-height": "20px", "background-position-x": "100%",
    "background-position-y": "0%", "background-image-containment": "over", "background-clip": "none",
    "bounds-expansion": 6, "background-image-smoothing": "yes",
  } },
  { selector: "node.focus", style: { "border-width": 4, "border-color": "#9b1c1c", "border-style": "solid" } },
  { selector: "node:selected", style: { "border-width": 4, "border-color": "#b45309", "background-color": "#fff1c9" } },
  { selector: "node.year", style: { shape: "rectangle", width: 150, height: 40, "background-opacity": 0, "border-width": 0, label: "data(name)", "font-size": 38, color: "#4a545e", events: "no", "min-zoomed-font-size": 0 } },
  { selector: "edge", style: { width: 1.8, "line-color": "data(colour)", "curve-style": "haystack" } },
  { selector: "edge.near", style: {
    "target-arrow-color": "data(colour)", "target-arrow-shape": "triangle",
    "curve-style": "bezier", "arrow-scale": 1.1, label: "data(verb)", "font-size": 12, color: "data(colour)",
    "text-background-color": "#fff", "text-background-opacity": 0.92, "text-background-padding": "2px",
    "min-zoomed-font-size": 8, "text-rotation": "autorotate", "font-family": FONT,
  } },
  { selector: "edge.round", style: {
    "curve-style": "unbundled-bezier", "control-point-distances": "data(round)", "control-point-weights": 0.5,
  } },
  { selector: "edge.refers_to", style: { "line-style": "dashed" } },
  { selector: "edge:selected", style: { width: 4.5 } },
  { selector: ".away", style: { display: "none" } },
  { selector: ".faded", style: { opacity: 0.22 } },
];

/** Labels by how near the map is; the stylesheet changes only when a step is crossed. */
export function watchZoom(cy: Core): (zoom?: number) => void {
  let shown = 0;
  let asked = 0;
  const look = (zoom = cy.zoom()) => {
    asked = 0;
    const level = LEVELS.findIndex((one) => zoom >= one.from);
    if (level === shown) return;
    shown = level;
    const { label, size } = LEVELS[level];
    (cy.style() as unknown as { selector(s: string): { style(v: object): { update(): void } } })
      .selector("node[short]")
      .style({ label, "font-size": size })
      .update();
  };
  cy.on("zoom", () => {
    asked ||= window.requestAnimationFrame(() => look());
  });
  return look;
}

/** The font of the labels: a canvas does not wait for it, and keeps what it drew without it. */
export const fontIsThere: Promise<unknown> = Promise.race([
  Promise.all(["Số ệ", "ng", "ă"].map((text) => document.fonts.load(`14px ${FONT}`, text))).catch(() => null),
  new Promise((done) => window.setTimeout(done, 1500)),
]);

/** Two lines: what it is and its number; its day and whose it is. */
export function name(node: Node): string {
  const kind = node.doc_type ? node.doc_type[0].toUpperCase() + node.doc_type.slice(1) : "";
  const head = node.number ? [kind, node.number].filter(Boolean).join(" ") : clip(node.label, 34);
  const when = node.date ? node.date.split("-").reverse().join("/") : node.year ? String(node.year) : "";
  const foot = clip([when, node.where].filter(Boolean).join(" · "), 44);
  return foot ? `${head}\n${foot}` : head;
}

export function short(node: Node): string {
  return node.number ?? clip(node.label, 30);
}

export function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

export function colour(edge: Edge): string {
  return COLOURS[edge.relation] ?? "#6b6b6b";
}
