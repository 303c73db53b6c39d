// The citation map: Cytoscape.js on a canvas, filters beside it, everything it shows given by the app.

import cytoscape, { type ElementDefinition, type EventObject } from "cytoscape";
import dagre from "cytoscape-dagre";

import { el } from "../dom";
import { fillWindow, listen, send } from "../streamlit";
import { arrange, fit, look, type Layout } from "./arrange";
import { colour, fontIsThere, HIGH, name, short, STYLE, watchZoom, WIDE } from "./look";
import type { Args, Edge, Node } from "./model";
import { hierarchy, type Places } from "./places";
import { describe, explain } from "./side";

cytoscape.use(dagre);

const HUGE = 900; // from here on edges are plain lines, and hidden while the map moves

const root = document.getElementById("root")!;
const canvas = el("div", { class: "canvas", role: "application", "aria-label": "Bản đồ dẫn chiếu" });
const side = el("aside", { "aria-label": "Chi tiết", tabindex: 0 });
const filters = el("div", { class: "filters" });
const status = el("span", { class: "status", role: "status" });
const tools = el("div", { class: "tools" });
root.append(filters, el("div", { class: "body" }, el("div", { class: "stage" }, tools, canvas), side));

let args: Args | null = null;
let nodes = new Map<number, Node>();
let edges: Edge[] = [];
let layout: Layout = "hierarchy";
const chosen = { type: "", agency: "", relation: "", from: "", to: "", ghosts: true, text: "" };

const cy = cytoscape({
  container: canvas, minZoom: 0.02, maxZoom: 3, wheelSensitivity: 0.3, boxSelectionEnabled: false,
  style: STYLE as never, pixelRatio: "auto", hideEdgesOnViewport: false,
} as never);
const relabel = watchZoom(cy);
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
  const many = nodes.size > HUGE; // there fading everything takes longer than the eye allows
  if (!many) cy.elements().removeClass("faded");
  if (!one.length) {
    side.replaceChildren(el("p", { class: "hint", text: "Bấm một văn bản để xem nó dẫn gì và được dẫn ở đâu; bấm một đường nối để xem câu dẫn. Bấm dấu + ở góc (hoặc bấm đúp) để hiện thêm các văn bản quanh nó." }), legend());
    return;
  }
  if (one.isNode()) {
    if (!many) cy.elements().not(one.closedNeighborhood()).not(".year").addClass("faded");
    const id = one.data("node") as number;
    side.replaceChildren(...describe(nodes.get(id)!, edges, nodes, events));
    if (edges.some((edge) => edge.proofs === null && (edge.source === id || edge.target === id))) prove(id);
  } else {
    const edge = edges[one.data("at")];
    side.replaceChildren(...explain(edge, nodes, events));
    if (edge.proofs === null) prove(edge.source);
  }
  side.scrollTop = 0;
}

/** Ask for the sentences of a document's edges; a large map comes without them. */
let proving = 0;
function prove(id: number): void {
  window.clearTimeout(proving);
  side.append(el("p", { class: "hint", text: "Đang tìm câu dẫn…" }));
  proving = window.setTimeout(() => send({ action: "prove", node: id }), 120);
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
  line("root", "văn bản gốc: không thực hiện văn bản nào khác ở đây");
  line("focus", "văn bản đang xem");
  const seen = new Map(edges.map((edge) => [edge.verb, colour(edge)]));
  for (const [verb, colour] of seen) line("line", verb, colour);
  return box;
}

cy.on("tap", (event: EventObject) => {
  if (event.target === cy) cy.elements().unselect();
  else if (event.target.isNode?.() && onPlus(event)) act("expand", { node: event.target.data("node") });
  window.setTimeout(tell);
});
cy.on("dbltap", "node", (event: EventObject) => {
  if (event.target.hasClass("closed")) act("expand", { node: event.target.data("node") });
});

/** Whether the tap hit the plus in the upper right corner of a document. */
function onPlus(event: EventObject): boolean {
  const node = event.target as cytoscape.NodeSingular;
  if (!node.hasClass("closed") || !node.hasClass("near")) return false;
  const x = event.position.x - node.position("x");
  const y = event.position.y - node.position("y");
  return x > WIDE / 2 - 26 && y < -HIGH / 2 + 26;
}

function elements(given: Args, places: Places | null): ElementDefinition[] {
  const open = new Set(given.opened);
  const carries = (edge: Edge) => ["implements", "based_on", "guides", "promulgates"].includes(edge.relation) && edge.source !== edge.target;
  const below = new Set(given.edges.filter(carries).map((edge) => edge.source));
  const above = new Set(given.edges.filter(carries).map((edge) => edge.target));
  const near = given.nodes.length > HUGE ? "" : "near";
  const made: ElementDefinition[] = given.nodes.map((node) => ({
    data: { id: `n${node.id}`, node: node.id, name: name(node), short: short(node) },
    ...(places ? { position: { ...places.get(node.id)! } } : {}),
    classes: [
      node.held ? "held" : "ghost", node.doubt ? "doubt" : "", given.focus.includes(node.id) ? "focus" : "",
      above.has(node.id) && !below.has(node.id) ? "root" : "", open.has(node.id) ? "" : "closed", near,
    ].filter(Boolean).join(" "),
  }));
  given.edges.forEach((edge, at) => {
    made.push({
      data: { id: `e${edge.source}-${edge.target}-${edge.relation}`, source: `n${edge.source}`, target: `n${edge.target}`, at, verb: edge.verb, colour: colour(edge) },
      classes: `${edge.relation} ${near}`,
    });
  });
  return made;
}

function place(): void {
  spread = null;
  arrange(cy, nodes, edges, layout);
  fit(cy, false);
  relabel();
}

function sifting(): boolean {
  return !chosen.ghosts || [chosen.type, chosen.agency, chosen.relation, chosen.from, chosen.to, chosen.text].some(Boolean);
}

function count(documents: number, citations: number): void {
  status.textContent = `${documents} văn bản, ${citations} dẫn chiếu${args?.cut ? " · còn nữa, chưa hiện hết" : ""}`;
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
  count(cy.nodes().not(".away").not(".year").length, cy.edges().not(".away").length);
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
      place();
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
    place();
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
    place();
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
    button("Vừa khung", "Thu cả bản đồ vào khung", () => fit(cy, true)),
    button("Ảnh PNG", "Tải ảnh bản đồ", () => {
      const scale = Math.min(2, 6000 / Math.max(1, cy.elements().boundingBox().w));
      save(cy.png({ full: true, scale, bg: "#ffffff", output: "blob" }) as unknown as Blob, "do-thi.png");
    }),
    button("Dữ liệu JSON", "Tải dữ liệu của bản đồ", () => {
      const data = { nodes: [...nodes.values()], edges };
      save(new Blob([JSON.stringify(data, null, 1)], { type: "application/json" }), "do-thi.json");
    }),
    ...(args?.opened.length ? [button("Thu lại", "Bỏ các phần đã mở rộng", () => act("fold", {}))] : []),
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
let spread: Places | null = null; // where everything of a large map stands, until it is placed otherwise
cy.on("dragpan scrollzoom pinchzoom", () => {
  moved = true;
});
new ResizeObserver(() => {
  if (!args || moved) cy.resize();
  else if (spread) look(cy, spread);
  else fit(cy, false);
}).observe(canvas);

let drawn = "";
let proven = "";
listen<Args>((given) => void fontIsThere.then(() => show(given)));
fillWindow(520); // before there is anything to fit into it

function show(given: Args): void {
  const content = JSON.stringify([given.drawing, given.nodes.length, given.edges.length, given.focus, given.nodes[0]?.id, given.opened]);
  const sentences = given.edges.reduce((sum, edge) => sum + (edge.proofs ? edge.source * 31 + edge.target : 0), 0).toString();
  if (content === drawn) {
    // The same map: at most with other sentences.
    if (sentences !== proven) {
      proven = sentences;
      edges = given.edges;
      tell();
    }
    return;
  }
  const anew = given.drawing !== args?.drawing;
  drawn = content;
  proven = sentences;
  args = given;
  moved = false;
  nodes = new Map(given.nodes.map((node) => [node.id, node]));
  edges = given.edges;
  if (anew) layout = given.layout;
  const chosenBefore = cy.$(":selected").first().id();
  const large = given.nodes.length > HUGE;
  cy.elements().remove();
  (cy as unknown as { renderer(): { hideEdgesOnViewport: boolean } }).renderer().hideEdgesOnViewport = large;
  fillWindow(520);
  buildTools();
  buildFilters();
  const plain = large && layout === "hierarchy" && !sifting();
  if (plain) {
    // Placed and looked at before there is anything to style, measure or draw: each of these is then done once.
    spread = hierarchy(given.nodes, given.edges);
    look(cy, spread);
    relabel();
    cy.add(elements(given, spread));
    count(given.nodes.length, given.edges.length);
  } else {
    spread = null;
    relabel(large ? 0.1 : 1);
    cy.batch(() => cy.add(elements(given, null)));
    sift();
    place(); // at once: a picture of everything at one spot would be drawn, label by label, and thrown away
  }
  const again = anew ? cy.collection() : cy.getElementById(chosenBefore ?? "");
  if (again.length) again.select();
  else if (given.focus.length === 1) cy.getElementById(`n${given.focus[0]}`).select();
  tell();
}
