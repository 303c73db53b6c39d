// The left side: pages as pictures with boxes, or as text with marked spans.

import { el } from "../dom";
import type { Box, PageData, Place } from "./model";

export interface Spot {
  pointer: string;
  flag: string;
  place: Place;
}

interface Events {
  pick: (pointer: string) => void;
  point: (pointer: string | null) => void;
  drawn: (page: number, box: Box) => void;
  want: (pages: number[]) => void;
}

const SVG = "http://www.w3.org/2000/svg";

export class Pages {
  readonly root = el("section", { class: "pages", tabindex: 0, "aria-label": "Trang văn bản" });
  private zoom = 1;
  private turn = 0;
  private sheets = new Map<number, HTMLElement>();
  private data: PageData[] = [];
  private spots: Spot[] = [];
  private canDraw = false;
  private asked = new Set<number>();
  private asking = 0;
  private watcher: IntersectionObserver;

  constructor(private events: Events) {
    this.watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const number = Number((entry.target as HTMLElement).dataset.page);
          const page = this.data.find((one) => one.number === number);
          if (entry.isIntersecting && page?.wanted && !page.image && !this.asked.has(number)) {
            this.asked.add(number);
            // Pages that come into view together are asked for together, with what was asked for and is not there yet:
            // of two questions at once the app hears only the last.
            window.clearTimeout(this.asking);
            this.asking = window.setTimeout(() => {
              const missing = this.data.filter((one) => one.wanted && !one.image && this.asked.has(one.number));
              this.events.want(missing.map((one) => one.number));
            }, 60);
          }
        }
      },
      { root: this.root, rootMargin: "200px" },
    );
    new ResizeObserver(() => this.size()).observe(this.root);
  }

  show(data: PageData[], spots: Spot[], canDraw: boolean, fresh: boolean): void {
    const before = this.data;
    this.data = data;
    this.spots = spots;
    this.canDraw = canDraw;
    const same = !fresh && before.length === data.length && before.every((p, i) => p.number === data[i].number);
    if (same) {
      data.forEach((page, i) => {
        if (page.image !== before[i].image || page.text !== before[i].text) this.fill(page);
      });
    } else {
      this.watcher.disconnect();
      this.asked.clear();
      this.sheets.clear();
      this.zoom = 1;
      this.turn = 0;
      this.root.replaceChildren(
        ...data.map((page) => {
          const sheet = el("div", { class: "sheet", "data-page": page.number });
          this.sheets.set(page.number, sheet);
          return sheet;
        }),
      );
      data.forEach((page) => this.fill(page));
      this.sheets.forEach((sheet) => this.watcher.observe(sheet));
      this.root.scrollTop = 0;
    }
    this.size();
  }

  /** Light the boxes of a field; ``scroll`` brings the first of them into view. */
  light(pointer: string | null, scroll: boolean): void {
    let first: Element | null = null;
    const marks = [...this.root.querySelectorAll("[data-pointers]")];
    const of = (mark: Element) => (mark.getAttribute("data-pointers") ?? "").split(" ");
    const item = pointer && /^\/\w+\/\d+(?=\/)/.exec(pointer)?.[0];
    // A part of an item with no place of its own stands where the item stands.
    const wanted = item && !marks.some((mark) => of(mark).includes(pointer)) ? item : pointer;
    for (const mark of marks) {
      const on = wanted !== null && of(mark).some((one) => one === wanted || one.startsWith(`${wanted}/`));
      mark.classList.toggle("lit", on);
      if (on && !first) first = mark;
    }
    if (scroll && first) this.bringIntoView(first);
    else if (scroll && pointer) {
      const place = this.spots.find((spot) => spot.pointer === pointer || spot.pointer.startsWith(`${item || pointer}/`))?.place;
      if (place) this.go(place.page);
    }
  }

  go(number: number): void {
    const sheet = this.sheets.get(number);
    if (sheet) this.root.scrollTo({ top: sheet.offsetTop - 8, behavior: "smooth" });
  }

  step(by: number): void {
    const numbers = this.data.map((page) => page.number);
    const at = numbers.indexOf(this.current());
    this.go(numbers[Math.min(numbers.length - 1, Math.max(0, at + by))]);
  }

  current(): number {
    const middle = this.root.scrollTop + this.root.clientHeight / 3;
    let found = this.data[0]?.number ?? 1;
    this.sheets.forEach((sheet, number) => {
      if (sheet.offsetTop <= middle) found = number;
    });
    return found;
  }

  zoomBy(factor: number): void {
    this.zoom = Math.min(4, Math.max(0.4, this.zoom * factor));
    this.size();
  }

  fit(): void {
    this.zoom = 1;
    this.size();
  }

  rotate(): void {
    this.turn = (this.turn + 90) % 360;
    this.size();
  }

  image(number: number): string | null {
    return this.data.find((page) => page.number === number)?.image ?? null;
  }

  private bringIntoView(mark: Element): void {
    const box = mark.getBoundingClientRect();
    const frame = this.root.getBoundingClientRect();
    const hidden = box.top < frame.top + 20 || box.bottom > frame.bottom - 20;
    const top = this.root.scrollTop + box.top - frame.top - frame.height / 3;
    if (hidden) this.root.scrollTo({ top, behavior: "smooth" });
    if (box.left < frame.left || box.right > frame.right) {
      this.root.scrollLeft += box.left - frame.left - 40;
    }
  }

  private size(): void {
    const width = Math.max(200, (this.root.clientWidth - 28) * this.zoom);
    for (const page of this.data) {
      const sheet = this.sheets.get(page.number);
      const face = sheet?.querySelector<HTMLElement>(".face");
      if (!sheet || !face) continue;
      if (!page.image) {
        sheet.style.width = `${width}px`;
        sheet.style.height = page.wanted ? `${width * 1.414}px` : ""; // a picture will take the height of a sheet
        face.style.fontSize = `${14 * this.zoom}px`;
        continue;
      }
      const picture = face.querySelector("img");
      const ratio = picture && picture.naturalWidth ? picture.naturalHeight / picture.naturalWidth : 1.414;
      const lying = this.turn % 180 !== 0;
      const wide = lying ? width / ratio : width;
      const high = wide * ratio;
      sheet.style.width = `${lying ? high : wide}px`;
      sheet.style.height = `${lying ? wide : high}px`;
      face.style.width = `${wide}px`;
      face.style.height = `${high}px`;
      const shift = { 0: "0,0", 90: `${high}px,0`, 180: `${wide}px,${high}px`, 270: `0,${wide}px` }[this.turn];
      face.style.transform = this.turn ? `translate(${shift}) rotate(${this.turn}deg)` : "";
    }
  }

  private fill(page: PageData): void {
    const sheet = this.sheets.get(page.number);
    if (!sheet) return;
    const label = el("span", { class: "page-number", text: `Trang ${page.number}` });
    if (page.image) sheet.replaceChildren(this.picture(page), label);
    else if (page.text !== null) sheet.replaceChildren(this.text(page), label);
    else sheet.replaceChildren(el("div", { class: "face waiting", text: "Đang mở trang…" }), label);
  }

  private picture(page: PageData): HTMLElement {
    const image = el("img", { src: page.image ?? "", alt: `Ảnh trang ${page.number}`, draggable: "false" });
    image.addEventListener("load", () => this.size());
    const layer = document.createElementNS(SVG, "svg");
    layer.setAttribute("viewBox", "0 0 1000 1000");
    layer.setAttribute("preserveAspectRatio", "none");
    for (const spot of this.spots) {
      if (spot.place.page !== page.number) continue;
      for (const box of spot.place.boxes) layer.append(this.rect(spot, box));
    }
    const face = el("div", { class: "face" }, image);
    face.append(layer);
    if (this.canDraw) this.drawing(face, layer, page.number);
    return face;
  }

  private rect(spot: Spot, box: Box): SVGRectElement {
    const rect = document.createElementNS(SVG, "rect");
    const pad = 2.5;
    rect.setAttribute("x", String(box[0] * 1000 - pad));
    rect.setAttribute("y", String(box[1] * 1000 - pad));
    rect.setAttribute("width", String((box[2] - box[0]) * 1000 + 2 * pad));
    rect.setAttribute("height", String((box[3] - box[1]) * 1000 + 2 * pad));
    rect.setAttribute("data-pointers", spot.pointer);
    rect.setAttribute("class", `spot ${spot.flag}`);
    rect.addEventListener("mouseenter", () => this.events.point(spot.pointer));
    rect.addEventListener("mouseleave", () => this.events.point(null));
    rect.addEventListener("click", () => this.events.pick(spot.pointer));
    return rect;
  }

  /** Dragging on the page draws a box in fractions of the upright page, however it is turned and zoomed. */
  private drawing(face: HTMLElement, layer: SVGSVGElement, number: number): void {
    let start: DOMPoint | null = null;
    let rect: SVGRectElement | null = null;
    const at = (event: PointerEvent) =>
      new DOMPoint(event.clientX, event.clientY).matrixTransform(layer.getScreenCTM()!.inverse());
    face.addEventListener("pointerdown", (event) => {
      if (event.button === 0) start = at(event);
    });
    face.addEventListener("pointermove", (event) => {
      if (!start) return;
      const here = at(event);
      if (!rect) {
        if (Math.hypot(here.x - start.x, here.y - start.y) < 6) return;
        rect = document.createElementNS(SVG, "rect");
        rect.setAttribute("class", "drawn");
        layer.append(rect);
        face.setPointerCapture(event.pointerId);
      }
      rect.setAttribute("x", String(Math.min(start.x, here.x)));
      rect.setAttribute("y", String(Math.min(start.y, here.y)));
      rect.setAttribute("width", String(Math.abs(start.x - here.x)));
      rect.setAttribute("height", String(Math.abs(start.y - here.y)));
    });
    const end = (event: PointerEvent) => {
      if (start && rect) {
        const here = at(event);
        const clip = (value: number) => Math.min(1, Math.max(0, value / 1000));
        const box: Box = [
          clip(Math.min(start.x, here.x)), clip(Math.min(start.y, here.y)),
          clip(Math.max(start.x, here.x)), clip(Math.max(start.y, here.y)),
        ];
        const made = rect;
        window.setTimeout(() => made.remove(), 4000);
        if (box[2] - box[0] > 0.005 && box[3] - box[1] > 0.003) this.events.drawn(number, box);
      }
      start = rect = null;
    };
    face.addEventListener("pointerup", end);
    face.addEventListener("pointercancel", () => {
      rect?.remove();
      start = rect = null;
    });
  }

  /** Raw text with every evidence span marked; spans may overlap, so the text is cut at each of their ends. */
  private text(page: PageData): HTMLElement {
    const letters = Array.from(page.text ?? "");
    const here = this.spots.filter((spot) => spot.place.page === page.number && spot.place.span);
    const cuts = new Set([0, letters.length]);
    for (const { place } of here) place.span!.forEach((at) => cuts.add(Math.min(at, letters.length)));
    const order = [...cuts].sort((a, b) => a - b);
    const face = el("div", { class: "face text" });
    for (let i = 0; i + 1 < order.length; i++) {
      const piece = letters.slice(order[i], order[i + 1]).join("");
      const over = here.filter(({ place }) => place.span![0] <= order[i] && place.span![1] >= order[i + 1]);
      if (!over.length) {
        face.append(piece);
        continue;
      }
      // The narrowest span is what a click means.
      over.sort((a, b) => a.place.span![1] - a.place.span![0] - (b.place.span![1] - b.place.span![0]));
      const pick = over[0].pointer;
      face.append(
        el(
          "mark",
          {
            class: `spot ${over[0].flag}`,
            "data-pointers": over.map((spot) => spot.pointer).join(" "),
            mouseenter: () => this.events.point(pick),
            mouseleave: () => this.events.point(null),
            click: () => this.events.pick(pick),
          },
          piece,
        ),
      );
    }
    return face;
  }
}
