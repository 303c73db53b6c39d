// Placing what is shown: by hierarchy (dagre, or our own rows for large maps) or by time, and fitting it to the frame.

import type { CollectionReturnValue, Core, NodeSingular } from "cytoscape";
import { HIGH, WIDE } from "./look";
import type { Edge, Node } from "./model";
import { hierarchy, time, type Places } from "./places";

export type Layout = "hierarchy" | "time";
// More than this, or a thicket of citations, is placed by our own rows: dagre takes seconds there.
const BY_DAGRE = 260;
const SPARSE = 2.5;
const READABLE = 0.36; // the zoom at which numbers can still be read

export function arrange(cy: Core, nodes: Map<number, Node>, edges: Edge[], layout: Layout): void {
  cy.$(".year").remove();
  const shown = [...nodes.values()].filter((node) => !cy.getElementById(`n${node.id}`).hasClass("away"));
  const ids = new Set(shown.map((node) => node.id));
  const among = edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  if (layout === "hierarchy" && shown.length <= BY_DAGRE && among.length <= SPARSE * shown.length + 30) {
    // Cited documents on top: arrows point upwards.  Parts that have nothing to do with each other are laid out alone.
    const parts = cy.elements().not(".away").components();
    for (const part of parts) {
      part.layout({ name: "dagre", rankDir: "BT", nodeSep: 22, rankSep: 70, edgeSep: 8, animate: false, fit: false } as never).run();
      squeeze(part);
    }
    if (parts.length > 1) pack(cy, parts);
    bend(cy);
    return;
  }
  const timed = layout === "time" ? time(shown) : null;
  const places = timed ? timed.places : hierarchy(shown, among);
  cy.batch(() => places.forEach((at, id) => cy.getElementById(`n${id}`).position(at)));
  if (timed) {
    cy.add(timed.years.map((year) => ({ data: { id: `y${year.label}`, name: year.label }, classes: "year", position: { x: year.x, y: year.y } })));
  }
}

/** An edge that would run behind a document goes round it, on the side that is nearer. */
function bend(cy: Core): void {
  const nodes = cy.nodes().not(".away").not(".year").toArray() as NodeSingular[];
  const spots = nodes.map((node) => node.position());
  cy.edges(".near").not(".away").forEach((edge) => {
    const [from, to] = [edge.source().position(), edge.target().position()];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const long = Math.hypot(dx, dy);
    let away = 0; // to the left of the edge's way when negative, in the units of the map
    if (long > 1) {
      nodes.forEach((node, at) => {
        if (node.same(edge.source()) || node.same(edge.target())) return;
        const [x, y] = [spots[at].x - from.x, spots[at].y - from.y];
        const along = (x * dx + y * dy) / (long * long);
        if (along < 0.12 || along > 0.88) return;
        const side = (y * dx - x * dy) / long; // how far the document's middle is from the line
        const half = (Math.abs(dy) * WIDE + Math.abs(dx) * HIGH) / (2 * long) + 16;
        if (Math.abs(side) >= half) return;
        const shift = side > 0 ? side - half : side + half;
        if (Math.abs(shift) > Math.abs(away)) away = shift;
      });
    }
    // A curve bends half as far as its control point.
    if (away) edge.data("round", away * 2).addClass("round");
    else edge.removeClass("round");
  });
}

/** A rank of dozens of documents would make the picture a thin thread: such a rank goes on in further rows. */
function squeeze(visible: CollectionReturnValue): void {
  const ranks = new Map<number, NodeSingular[]>();
  visible.nodes().forEach((node) => {
    const y = Math.round(node.position("y"));
    ranks.set(y, [...(ranks.get(y) ?? []), node]);
  });
  const most = Math.max(5, Math.ceil(Math.sqrt(visible.nodes().length * 1.2)));
  if (![...ranks.values()].some((rank) => rank.length > most)) return;
  let down = 0;
  for (const y of [...ranks.keys()].sort((a, b) => a - b)) {
    const rank = ranks.get(y)!.sort((a, b) => a.position("x") - b.position("x"));
    const rows = Math.ceil(rank.length / most);
    const wide = Math.ceil(rank.length / rows); // rows of about the same length
    for (let at = 0; at < rank.length; at += wide) {
      const part = rank.slice(at, at + wide);
      part.forEach((node, i) => node.position({ x: (i - (part.length - 1) / 2) * (WIDE + 24), y: down }));
      down += HIGH + 26;
    }
    down += 44;
  }
}

/** Parts side by side on shelves, the largest first, in about the shape of the frame. */
function pack(cy: Core, parts: CollectionReturnValue[]): void {
  const boxes = parts.map((part) => ({ part, box: part.nodes().boundingBox({ includeLabels: false }) }));
  boxes.sort((a, b) => b.part.nodes().length - a.part.nodes().length || b.box.w - a.box.w);
  const gap = 56;
  const area = boxes.reduce((sum, { box }) => sum + (box.w + gap) * (box.h + gap), 0);
  const wide = Math.max(Math.sqrt((area * cy.width()) / Math.max(1, cy.height())) * 1.05, ...boxes.map(({ box }) => box.w));
  let x = 0;
  let y = 0;
  let tall = 0;
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
}

/** Where a large map begins, told from its places alone: measuring thousands of labels takes longer than drawing them. */
export function look(cy: Core, places: Places): void {
  cy.resize();
  const xs = [...places.values()].map((at) => at.x);
  const ys = [...places.values()].map((at) => at.y);
  const [left, right] = [Math.min(...xs) - WIDE / 2, Math.max(...xs) + WIDE / 2];
  const top = Math.min(...ys) - HIGH / 2;
  const whole = Math.min((cy.width() - 52) / (right - left), (cy.height() - 52) / (Math.max(...ys) + HIGH / 2 - top));
  const zoom = Math.min(1.1, Math.max(whole, READABLE + 0.01));
  cy.viewport({ zoom, pan: { x: cy.width() / 2 - ((left + right) / 2) * zoom, y: 26 - top * zoom } });
}

/** All of it in the frame, but never so small that nothing can be read: then what is asked about is in the middle. */
export function fit(cy: Core, whole: boolean): void {
  cy.resize();
  const visible = cy.elements().not(".away");
  if (!visible.length || cy.height() < 60) return; // a frame that has no height yet is fitted to when it has
  cy.fit(visible, 26);
  if (cy.zoom() > 1.1) {
    cy.zoom(1.1);
    cy.center(visible);
  } else if (!whole && cy.zoom() < READABLE) {
    const focus = cy.nodes(".focus").not(".away");
    cy.zoom(READABLE + 0.01);
    if (focus.length) cy.center(focus);
    else {
      // The top of the hierarchy, from its middle.
      const box = visible.boundingBox({ includeLabels: false });
      cy.pan({ x: cy.width() / 2 - ((box.x1 + box.x2) / 2) * cy.zoom(), y: 26 - box.y1 * cy.zoom() });
    }
  }
}
