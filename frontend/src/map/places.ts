// Where the nodes stand: by hierarchy (what is carried out above what carries it out) or by time.

import type { Edge, Node } from "./model";

export type Places = Map<number, { x: number; y: number }>;

const WIDE = 240;
const HIGH = 128;
const ROW = 14; // nodes side by side before a level goes on in the next row

/** Longest way to a root gives the level; within a level nodes stand near the middle of those they cite. */
export function hierarchy(nodes: Node[], edges: Edge[]): Places {
  const level = new Map(nodes.map((node) => [node.id, 0]));
  for (let round = 0; round < Math.min(nodes.length, 60); round++) {
    let moved = false;
    for (const edge of edges) {
      const wanted = level.get(edge.target)! + 1;
      if (edge.source !== edge.target && level.get(edge.source)! < wanted && wanted <= 60) {
        level.set(edge.source, wanted);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const cites = new Map<number, number[]>();
  for (const edge of edges) cites.set(edge.source, [...(cites.get(edge.source) ?? []), edge.target]);
  const rows: Node[][] = [];
  for (const node of nodes) (rows[level.get(node.id)!] ??= []).push(node);
  const places: Places = new Map();
  let y = 0;
  for (const row of rows.filter(Boolean)) {
    const middle = (node: Node) => {
      const xs = (cites.get(node.id) ?? []).map((id) => places.get(id)?.x).filter((x) => x !== undefined);
      return xs.length ? xs.reduce((a, b) => a + b, 0) / xs.length : 0;
    };
    const order = row.map((node) => [middle(node), node] as const);
    order.sort((a, b) => a[0] - b[0] || (a[1].date ?? "").localeCompare(b[1].date ?? "") || a[1].id - b[1].id);
    const wide = Math.max(ROW, Math.ceil(Math.sqrt(row.length * 3)));
    for (let at = 0; at < order.length; at += wide) {
      const part = order.slice(at, at + wide);
      part.forEach(([, node], i) => places.set(node.id, { x: (i - (part.length - 1) / 2) * WIDE, y }));
      y += HIGH;
    }
    y += HIGH * 0.5;
  }
  return places;
}

/** A band for each year, the oldest on top; in a band by day.  Undated ones stand at the foot. */
export function time(nodes: Node[]): { places: Places; years: { label: string; x: number; y: number }[] } {
  const years = new Map<number, Node[]>();
  for (const node of nodes) {
    const year = node.year ?? 9999;
    years.set(year, [...(years.get(year) ?? []), node]);
  }
  const wide = Math.max(6, Math.ceil(Math.sqrt(nodes.length * 1.1)));
  const places: Places = new Map();
  const heads: { label: string; x: number; y: number }[] = [];
  let y = 0;
  for (const year of [...years.keys()].sort((a, b) => a - b)) {
    const some = years.get(year)!.sort((a, b) => (a.date ?? "9").localeCompare(b.date ?? "9") || a.id - b.id);
    heads.push({ label: year === 9999 ? "chưa rõ ngày" : String(year), x: -190, y });
    some.forEach((node, i) => places.set(node.id, { x: (i % wide) * 236, y: y + Math.floor(i / wide) * 92 }));
    y += Math.ceil(some.length / wide) * 92 + 36;
  }
  return { places, years: heads };
}
