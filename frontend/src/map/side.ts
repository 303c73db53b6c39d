// The side panel: what is chosen on the map, said in text, with the sentence of every edge.

import { el } from "../dom";
import type { Edge, Node } from "./model";

interface Events {
  act: (action: string, value: Record<string, unknown>) => void;
  choose: (node: number) => void;
}

export function day(iso: string | null): string {
  return iso ? iso.split("-").reverse().join("/") : "";
}

export function describe(node: Node, edges: Edge[], names: Map<number, Node>, events: Events): HTMLElement[] {
  const facts: [string, string | null][] = [
    ["Cơ quan", node.where],
    ["Ngày", day(node.date) || (node.year ? String(node.year) : null)],
    ["Trích yếu", node.title],
    ["Trong kho", node.held ? `${node.held} bản` : "chưa có (chỉ được dẫn)"],
    ["Cách viết số", node.variants.length > 1 ? node.variants.join("; ") : null],
    ["Vì sao là một văn bản", node.reasons.length ? node.reasons.join("; ") : null],
    ["Còn ngờ", node.doubt ? { vague: "dẫn quá vắn tắt", ambiguous: "có thể là nhiều văn bản", near: "gần giống văn bản khác" }[node.doubt] ?? node.doubt : null],
  ];
  const list = el("dl");
  for (const [name, value] of facts) if (value) list.append(el("dt", { text: name }), el("dd", { text: value }));
  const button = (text: string, action: string) => {
    const made = el("button", { type: "button", text });
    made.addEventListener("click", () => events.act(action, { node: node.id }));
    return made;
  };
  const buttons = el("div", { class: "buttons" }, button("Mở rộng", "expand"), button("Nguồn gốc và triển khai", "lineage"), button("Ảnh hưởng", "impact"));
  if (node.held) buttons.append(button("Mở văn bản", "open"));
  const out = edges.filter((edge) => edge.source === node.id);
  const into = edges.filter((edge) => edge.target === node.id && edge.source !== node.id);
  return [
    el("h2", { text: node.label }), list, buttons,
    ...section("Văn bản này dẫn", out, (edge) => edge.target, names, events),
    ...section("Được dẫn trong", into, (edge) => edge.source, names, events),
  ];
}

function section(title: string, edges: Edge[], other: (edge: Edge) => number, names: Map<number, Node>, events: Events): HTMLElement[] {
  if (!edges.length) return [];
  const parts: HTMLElement[] = [el("h3", { text: `${title} (${edges.length})` })];
  for (const edge of edges.slice(0, 40)) {
    const node = names.get(other(edge));
    const name = el("button", { type: "button", class: "link", text: node?.label ?? "?" });
    name.addEventListener("click", () => events.choose(other(edge)));
    parts.push(el("div", { class: "cite" }, el("span", { class: "verb", text: edge.verb }), name, proof(edge, events)));
  }
  return parts;
}

export function explain(edge: Edge, names: Map<number, Node>, events: Events): HTMLElement[] {
  const end = (id: number) => {
    const made = el("button", { type: "button", class: "link", text: names.get(id)?.label ?? "?" });
    made.addEventListener("click", () => events.choose(id));
    return made;
  };
  return [el("h2", {}, end(edge.source)), el("p", { class: "verb", text: `${edge.verb} ↓` }), el("h2", {}, end(edge.target)), proof(edge, events)];
}

/** Sentences in which the citation stands, the number as printed marked in each. */
function proof(edge: Edge, events: Events): HTMLElement {
  const box = el("div", { class: "proofs" });
  if (edge.proofs === null) return box;
  for (const one of edge.proofs.slice(0, 6)) {
    const sentence = el("blockquote");
    const text = one.sentence ?? "(không giữ được câu dẫn)";
    const at = one.printed ? text.indexOf(one.printed) : -1;
    if (at < 0) sentence.append(text);
    else sentence.append(text.slice(0, at), el("mark", { text: one.printed! }), text.slice(at + one.printed!.length));
    const open = el("button", { type: "button", class: "link", text: one.page ? `Xem trang ${one.page}` : "Xem văn bản" });
    open.addEventListener("click", () => events.act("page", { record: one.record_id, page: one.page, printed: one.printed }));
    box.append(sentence, el("div", { class: "source" }, open, one.attached ? " · gửi kèm" : "", one.via ? ` · qua ${one.via}` : ""));
  }
  if (edge.proofs.length > 6) box.append(el("div", { class: "source", text: `và ${edge.proofs.length - 6} chỗ khác` }));
  return box;
}
