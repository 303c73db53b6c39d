// The citation map: Cytoscape.js on a canvas, filters beside it, everything it shows given by the app.

import cytoscape, { type ElementDefinition, type EventObject } from "cytoscape";
import dagre from "cytoscape-dagre";

import { el } from "../dom";
import { fillWindow, listen, send } from "../streamlit";
import type { Args, Edge, Node } from "./model";
import { hierarchy, time } from "./places";
import { describe, explain } from "./side";

cytoscape.use(dagre);

const COLOURS: Record<string, string> = {
  implements: "#1b5e9b", promulgates: "#1b5e9b", based_on: "#3f7150", guides: "#3f7150", replies_to: "#8a5a00",
  follows: "#8a5a00", proposed_by: "#8a5a00", replaces: "#a61c1c", repeals: "#a61c1c", recalls: "#a61c1c",
  amends: "#a61c1c", corrects: "#a61c1c", refers_to: "#777777",
};
const BY_DAGRE = 400; // more nodes than this are placed by our own rows: dagre takes seconds there
const HUGE = 1200;

const root = document.getElementById("root")!;
const canvas = el("div", { class: "canvas", role: "application", "aria-label": "Bản đồ dẫn chiếu" });
const side = el("aside", { "aria-label": "Chi tiết" });
const filters = el("div", { class: "filters" });
const status = el("span", { class: "status", role: "status" });
const tools = el("div", { class: "tools" });
root.append(filters, el("div", { class: "body" }, el("div", { class: "stage" }, tools, canvas), side));

let args: Args | null = null;
let nodes = new Map<number, Node>();
let edges: Edge[] = [];
let layout: "hierarchy" | "time" = "hierarchy";
const chosen = { type: "", agency: "", relation: "", from: "", to: "", ghosts: true, text: "" };

const cy = cytoscape({
  container: canvas,
  minZoom: 0.03,
  maxZoom: 3,
  wheelSensitivity: 0.3,
  textureOnViewport: true,
  boxSelectionEnabled: false,
  style: [
    { selector: "node", style: {
      shape: "round-rectangle", width: 190, height: 58, "background-color": "#dcebf7", "border-width": 1.2,
      "border-color": "#1b5e9b", label: "data(name)", "font-size": 12.5, color: "#1c2733", "text-wrap": "wrap",
      "text-max-width": "176px", "text-valign": "center", "text-halign": "center", "min-zoomed-font-size": 5,
      "font-family": "Source Sans Pro, Noto Sans, DejaVu Sans, Arial, sans-serif",
    } },
    { selector: "node.ghost", style: { "background-color": "#ffffff", "border-style": "dashed", "border-color": "#7a828a", color: "#4a545e" } },
    { selector: "node.doubt", style: { "border-color": "#b45309" } },
    { selector: "node.focus", style: { "border-width": 3.2, "border-color": "#9b1c1c" } },
    { selector: "node:selected", style: { "border-width": 3.2, "border-color": "#b45309", "background-color": "#fff1c9" } },
    { selector: "node.year", style: { shape: "rectangle", width: 150, height: 34, "background-opacity": 0, "border-width": 0, "font-size": 34, color: "#4a545e", events: "no" } },
    { selector: "edge", style: {
      width: 1.6, "line-color": "data(colour)", "target-arrow-color": "data(colour)", "target-arrow-shape": "triangle",
      "curve-style": "bezier", "arrow-scale": 0.9, label: "data(verb)", "font-size": 10.5, color: "data(colour)",
      "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": "2px",
      "min-zoomed-font-size": 7, "text-rotation": "autorotate",
      "font-family": "Source Sans Pro, Noto Sans, DejaVu Sans, Arial, sans-serif",
    } },
    { selector: "edge.refers_to", style: { "line-style": "dashed" } },
    { selector: "edge:selected", style: { width: 4 } },
    { selector: ".away", style: { display: "none" } },
    { selector: ".faded", style: { opacity: 0.18 } },
  ],
});
// The tests of the real browser walk the map through this.
(window as unknown as { congvanMap: cytoscape.Core }).congvanMap = cy;

function act(action: string, value: Record<string, unknown>): void {
  if (action === "expand") status.textContent = "Đang mở rộng…";
  send({ action, ...value });
}

const events = { act, choose: (id: number) => pick(cy.getElementById(`n${id}`)) };

function pick(found: cytoscape.CollectionReturnValue): void {
  if (!found.length) return;
  cy.elements().unselect();
  found.select();
  cy.animate({ center: { eles: found }, duration: 200 });
  tell();
}

function tell(): void {
  const one = cy.$(":selected").first();
  cy.elements().removeClass("faded");
  if (!one.length) {
    side.replaceChildren(el("p", { class: "hint", text: "Bấm một văn bản để xem nó dẫn gì và được dẫn ở đâu; bấm một đường nối để xem câu dẫn. Bấm đúp để mở rộng." }), legend());
    return;
  }
  if (one.isNode()) {
    cy.elements().not(one.closedNeighborhood()).not(".year").addClass("faded");
    side.replaceChildren(...describe(nodes.get(one.data("node"))!, edges, nodes, events));
  } else {
    side.replaceChildren(...explain(edges[one.data("at")], nodes, events));
  }
  side.scrollTop = 0;
}

function legend(): HTMLElement {
  const box = el("div", { class: "legend" });
  const line = (mark: string, text: string, colour?: string) => {
    const sign = el("span", { class: `sign ${mark}` });
    if (colour) sign.style.background = colour;
    box.append(el("div", {}, sign, text));
  };
  line("held", "văn bản có trong kho");
  line("ghost", "văn bản chỉ được dẫn, chưa có");
  line("focus", "văn bản đang xem");
  const seen = new Map(edges.map((edge) => [edge.verb, COLOURS[edge.relation] ?? "#777"]));
  for (const [verb, colour] of seen) line("line", verb, colour);
  return box;
}

cy.on("tap", (event: EventObject) => {
  if (event.target === cy) cy.elements().unselect();
  window.setTimeout(tell);
});
cy.on("dbltap", "node", (event: EventObject) => act("expand", { node: event.target.data("node") }));

function elements(given: Args): ElementDefinition[] {
  const made: ElementDefinition[] = given.nodes.map((node) => ({
    data: { id: `n${node.id}`, node: node.id, name: name(node) },
    classes: [node.held ? "held" : "ghost", node.doubt ? "doubt" : "", given.focus.includes(node.id) ? "focus" : ""].join(" "),
  }));
  given.edges.forEach((edge, at) => {
    made.push({
      data: { id: `e${edge.source}-${edge.target}-${edge.relation}`, source: `n${edge.source}`, target: `n${edge.target}`, at, verb: edge.verb, colour: COLOURS[edge.relation] ?? "#777777" },
      classes: edge.relation,
    });
  });
  return made;
}

function name(node: Node): string {
  const label = node.label.length > 62 ? `${node.label.slice(0, 60)}…` : node.label;
  const where = node.where ?? "";
  return where ? `${label}\n${where.length > 34 ? `${where.slice(0, 32)}…` : where}` : label;
}

function place(fit: boolean): void {
  cy.$(".year").remove();
  const shown = [...nodes.values()].filter((node) => !cy.getElementById(`n${node.id}`).hasClass("away"));
  const ids = new Set(shown.map((node) => node.id));
  const among = edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  const visible = cy.elements().not(".away");
  if (layout === "hierarchy" && shown.length <= BY_DAGRE) {
    // Cited documents on top: arrows point upwards.  Parts that have nothing to do with each other are laid out alone.
    const parts = visible.components();
    for (const part of parts) {
      part.layout({ name: "dagre", rankDir: "BT", nodeSep: 26, rankSep: 84, edgeSep: 10, animate: false, fit: false } as never).run();
      squeeze(part);
    }
    if (parts.length > 1) pack(parts);
  } else {
    const timed = layout === "time" ? time(shown) : null;
    const places = timed ? timed.places : hierarchy(shown, among);
    cy.batch(() => places.forEach((at, id) => cy.getElementById(`n${id}`).position(at)));
    if (timed) {
      cy.add(timed.years.map((year) => ({ data: { id: `y${year.label}`, name: year.label }, classes: "year", position: { x: year.x, y: year.y } })));
    }
  }
  if (fit) fitAll();
}

/** A rank of dozens of documents would make the picture a thin thread: such a rank goes on in further rows. */
function squeeze(visible: cytoscape.CollectionReturnValue): void {
  const ranks = new Map<number, cytoscape.NodeSingular[]>();
  visible.nodes().forEach((node) => {
    const y = Math.round(node.position("y"));
    ranks.set(y, [...(ranks.get(y) ?? []), node]);
  });
  const most = Math.max(7, Math.ceil(Math.sqrt(visible.nodes().length * 1.6)));
  if (![...ranks.values()].some((rank) => rank.length > most)) return;
  let down = 0;
  cy.batch(() => {
    for (const y of [...ranks.keys()].sort((a, b) => a - b)) {
      const rank = ranks.get(y)!.sort((a, b) => a.position("x") - b.position("x"));
      for (let at = 0; at < rank.length; at += most) {
        const part = rank.slice(at, at + most);
        part.forEach((node, i) => node.position({ x: (i - (part.length - 1) / 2) * 216, y: down }));
        down += 96;
      }
      down += 48;
    }
  });
}

/** Parts side by side on shelves, the largest first, in about the shape of the frame. */
function pack(parts: cytoscape.CollectionReturnValue[]): void {
  const boxes = parts.map((part) => ({ part, box: part.nodes().boundingBox({ includeLabels: false }) }));
  boxes.sort((a, b) => b.part.nodes().length - a.part.nodes().length || b.box.w - a.box.w);
  const gap = 60;
  const area = boxes.reduce((sum, { box }) => sum + (box.w + gap) * (box.h + gap), 0);
  const shape = canvas.clientWidth / Math.max(1, canvas.clientHeight) || 1.5;
  const wide = Math.max(Math.sqrt(area * shape) * 1.05, ...boxes.map(({ box }) => box.w));
  let x = 0;
  let y = 0;
  let tall = 0;
  cy.batch(() => {
    for (const { part, box } of boxes) {
      if (x > 0 && x + box.w > wide) {
        x = 0;
        y += tall + gap;
        tall = 0;
      }
      part.nodes().shift({ x: x - box.x1, y: y - box.y1 });
      x += box.w + gap;
      tall = Math.max(tall, box.h);
    }
  });
}

function fitAll(): void {
  cy.resize();
  cy.fit(cy.elements().not(".away"), 30);
  if (cy.zoom() > 1.15) {
    cy.zoom(1.15);
    cy.center(cy.elements().not(".away"));
  }
}

function sift(): void {
  const wanted = chosen.text.toLowerCase().trim();
  const keeps = (node: Node) =>
    (!chosen.type || node.doc_type === chosen.type) && (!chosen.agency || (node.where ?? "") === chosen.agency) &&
    (!chosen.from || (node.year ?? 0) >= Number(chosen.from)) && (!chosen.to || (node.year ?? 9999) <= Number(chosen.to)) &&
    (chosen.ghosts || node.held > 0);
  cy.batch(() => {
    nodes.forEach((node) => cy.getElementById(`n${node.id}`).toggleClass("away", !keeps(node) && !args!.focus.includes(node.id)));
    cy.edges().forEach((edge) => {
      const here = edges[edge.data("at")];
      edge.toggleClass("away", (!!chosen.relation && here.relation !== chosen.relation) || edge.connectedNodes(".away").length > 0);
    });
  });
  const shown = cy.nodes().not(".away").not(".year").length;
  status.textContent = `${shown} văn bản, ${cy.edges().not(".away").length} dẫn chiếu${args?.cut ? " · còn nữa, chưa hiện hết" : ""}`;
  if (wanted) {
    const found = [...nodes.values()].find((node) => `${node.label} ${node.title ?? ""}`.toLowerCase().includes(wanted));
    if (found) pick(cy.getElementById(`n${found.id}`));
    else status.textContent = "Không thấy trên bản đồ này";
  }
}

function options(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value): value is string => !!value))].sort((a, b) => a.localeCompare(b, "vi"));
}

function buildFilters(): void {
  const pickFrom = (title: string, key: "type" | "agency" | "relation" | "from" | "to", values: [string, string][]) => {
    const select = el("select", { "aria-label": title });
    select.append(el("option", { value: "", text: title }));
    for (const [value, text] of values) select.append(el("option", { value, text }));
    select.value = values.some(([value]) => value === chosen[key]) ? chosen[key] : "";
    chosen[key] = select.value;
    select.addEventListener("change", () => {
      chosen[key] = select.value;
      sift();
      place(true);
    });
    return select;
  };
  const all = [...nodes.values()];
  const same = (values: string[]): [string, string][] => values.map((value) => [value, value]);
  const years = options(all.map((node) => (node.year ? String(node.year) : null)));
  const ghosts = el("input", { type: "checkbox", id: "ghosts" });
  ghosts.checked = chosen.ghosts;
  ghosts.addEventListener("change", () => {
    chosen.ghosts = ghosts.checked;
    sift();
    place(true);
  });
  const search = el("input", { type: "search", placeholder: "Tìm trên bản đồ", "aria-label": "Tìm trên bản đồ" });
  search.addEventListener("change", () => {
    chosen.text = search.value;
    sift();
  });
  const relations = new Map(edges.map((edge) => [edge.relation, edge.verb]));
  filters.replaceChildren(
    pickFrom("Mọi loại", "type", same(options(all.map((node) => node.doc_type)))),
    pickFrom("Mọi cơ quan", "agency", same(options(all.map((node) => node.where)))),
    pickFrom("Mọi quan hệ", "relation", [...relations]),
    pickFrom("Từ năm", "from", same(years)),
    pickFrom("Đến năm", "to", same(years)),
    el("label", { class: "check", for: "ghosts" }, ghosts, "Hiện văn bản chưa có"),
    search,
  );
}

function buildTools(): void {
  const button = (text: string, title: string, run: () => void) => {
    const made = el("button", { type: "button", title, text });
    made.addEventListener("click", run);
    return made;
  };
  const arrange = (wanted: "hierarchy" | "time") => () => {
    layout = wanted;
    mark();
    place(true);
  };
  const byRank = button("Theo cấp", "Văn bản gốc ở trên", arrange("hierarchy"));
  const byTime = button("Theo thời gian", "Mỗi năm một hàng, năm cũ ở trên", arrange("time"));
  const mark = () => {
    byRank.classList.toggle("on", layout === "hierarchy");
    byTime.classList.toggle("on", layout === "time");
  };
  mark();
  tools.replaceChildren(
    byRank, byTime,
    button("Vừa khung", "Thu cả bản đồ vào khung", fitAll),
    button("Ảnh PNG", "Tải ảnh bản đồ", () => {
      const scale = Math.min(2, 6000 / Math.max(1, cy.elements().boundingBox().w));
      save(cy.png({ full: true, scale, bg: "#ffffff", output: "blob" }) as unknown as Blob, "do-thi.png");
    }),
    button("Dữ liệu JSON", "Tải dữ liệu của bản đồ", () => {
      const data = { nodes: [...nodes.values()], edges };
      save(new Blob([JSON.stringify(data, null, 1)], { type: "application/json" }), "do-thi.json");
    }),
    status,
  );
}

function save(blob: Blob, file: string): void {
  const link = el("a", { href: URL.createObjectURL(blob), download: file });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The frame takes its height after it is drawn; until a person moved the map it stays fitted to its frame.
let moved = false;
cy.on("dragpan scrollzoom pinchzoom", () => {
  moved = true;
});
new ResizeObserver(() => {
  if (args && !moved) fitAll();
  else cy.resize();
}).observe(canvas);

let drawn = "";
listen<Args>((given) => {
  const content = JSON.stringify([given.drawing, given.nodes.length, given.edges.length, given.focus, given.nodes[0]?.id]);
  if (content === drawn) return;
  const anew = given.drawing !== args?.drawing;
  drawn = content;
  args = given;
  moved = false;
  nodes = new Map(given.nodes.map((node) => [node.id, node]));
  edges = given.edges;
  if (anew) layout = given.layout;
  const chosenBefore = cy.$(":selected").first().id();
  cy.batch(() => {
    cy.elements().remove();
    cy.add(elements(given));
  });
  fillWindow(520);
  const large = given.nodes.length > HUGE;
  (cy as unknown as { renderer(): { hideEdgesOnViewport: boolean } }).renderer().hideEdgesOnViewport = large;
  cy.style().selector("edge").style({ "curve-style": large ? "haystack" : "bezier" }).update();
  buildTools();
  buildFilters();
  sift();
  window.requestAnimationFrame(() => place(true));
  const again = anew ? cy.collection() : cy.getElementById(chosenBefore ?? "");
  if (again.length) again.select();
  else if (given.focus.length === 1) cy.getElementById(`n${given.focus[0]}`).select();
  tell();
});
