// A drawing that can be zoomed and moved along its length: by wheel, by dragging, by buttons, by the keyboard.
class Strip {
  /** Draws by calling back with the part of 0..1 that is in view, and the width in pixels. */
  constructor(host, label, finest, redraw) {
    this.finest = finest;
    this.redraw = redraw;
    this.from = 0;
    this.to = 1;
    this.width = 0;
    this.gutter = 0;
    this.element = html("div", { class: "strip", tabindex: 0, role: "group", "aria-label": `${label}: + and - zoom, arrows move, 0 shows all` });
    this.tools = html("div", { class: "tools" },
      this.button("+", "Zoom in", () => this.zoom(0.5, 0.5)),
      this.button("−", "Zoom out", () => this.zoom(2, 0.5)),
      this.button("◂", "Move left", () => this.move(-0.3)),
      this.button("▸", "Move right", () => this.move(0.3)),
      this.button("all", "Show all", () => this.show(0, 1)));
    host.append(this.tools, this.element);
    this.element.addEventListener("wheel", event => this.wheel(event), { passive: false });
    this.element.addEventListener("keydown", event => this.key(event));
    this.element.addEventListener("pointerdown", event => this.drag(event));
    whenSized(this.element, width => { this.width = width; this.gutter = width >= 700 ? 150 : 0; this.refresh(); });
  }

  /** Pixels of the drawing itself, beside the names of its lanes. */
  get length() { return this.width - this.gutter; }

  x(position) { return this.gutter + (position - this.from) / (this.to - this.from) * this.length; }

  position(x) { return this.from + (x - this.gutter) / this.length * (this.to - this.from); }

  button(sign, title, act) {
    const made = html("button", { type: "button", title, "aria-label": title }, sign);
    made.addEventListener("click", act);
    return made;
  }

  show(from, to) {
    const wanted = Math.min(1, Math.max(to - from, this.finest));
    const start = Math.max(0, Math.min(1 - wanted, (from + to - wanted) / 2));
    this.from = start;
    this.to = start + wanted;
    this.refresh();
  }

  /** Keeps what is at a part of the view where it is. */
  zoom(factor, part) {
    const size = Math.min(1, Math.max((this.to - this.from) * factor, this.finest));
    const still = this.from + part * (this.to - this.from);
    const start = Math.max(0, Math.min(1 - size, still - part * size));
    this.from = start;
    this.to = start + size;
    this.refresh();
  }

  move(part) {
    const step = part * (this.to - this.from);
    const start = Math.max(0, Math.min(1 - (this.to - this.from), this.from + step));
    this.to = start + this.to - this.from;
    this.from = start;
    this.refresh();
  }

  refresh() {
    if (this.width > 0) {
      hideTip();
      this.redraw(this);
      this.element.dataset.view = `${this.from} ${this.to}`;
    }
  }

  /** A wheel that has been scrolling the page goes on doing so; and the page scrolls on where there is nothing to zoom out of. */
  wheel(event) {
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.move(event.deltaX / this.length);
    } else if (event.timeStamp - lastScroll > 250 && !(event.deltaY > 0 && this.to - this.from > 0.999)) {
      event.preventDefault();
      event.stopPropagation();
      this.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006), Math.max(0, (event.clientX - this.element.getBoundingClientRect().left - this.gutter) / this.length));
    }
  }

  key(event) {
    const acts = {
      "+": () => this.zoom(0.5, 0.5), "=": () => this.zoom(0.5, 0.5), "-": () => this.zoom(2, 0.5), "0": () => this.show(0, 1), Home: () => this.show(0, 1),
      ArrowLeft: () => this.move(-0.2), ArrowRight: () => this.move(0.2),
    };
    if (event.target === this.element && acts[event.key] && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      acts[event.key]();
    }
  }

  drag(event) {
    let last = event.clientX;
    const moved = next => {
      this.move((last - next.clientX) / this.length);
      last = next.clientX;
    };
    const ended = () => {
      removeEventListener("pointermove", moved);
      removeEventListener("pointerup", ended);
      removeEventListener("pointercancel", ended);
    };
    if (event.button === 0 && event.pointerType !== "touch") {
      addEventListener("pointermove", moved);
      addEventListener("pointerup", ended);
      addEventListener("pointercancel", ended);
    }
  }
}

let lastScroll = -1000;
addEventListener("wheel", event => { lastScroll = event.timeStamp; }, { passive: true });
