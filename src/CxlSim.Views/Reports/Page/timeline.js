// What took how long: phases, then the work of drivers, memory that came online, and the kernel's log.
function showTimeline() {
  const { phases, spans, online, log, end } = data.timeline;
  if (end === 0) { return; }
  const host = section("timeline");
  const figure = html("figure", {});
  const lines = html("details", {}, html("summary", {}));
  const list = html("div", { class: "log", tabindex: 0, role: "region", "aria-label": "Kernel log" });
  lines.append(list);
  const inView = view => log.filter(line => line.time >= view.from * end - 1 && line.time <= view.to * end + 1);
  const refill = view => {
    const found = inView(view);
    lines.firstChild.textContent = `${many(found.length, "line")} of the kernel log in view${data.timeline.leftOut ? `; ${many(data.timeline.leftOut, "line")} for debugging are left out` : ""}`;
    if (lines.open) { list.textContent = found.slice(0, 500).map(line => `[${clock(line.time)}] ${line.text}`).join("\n") + (found.length > 500 ? `\n… ${many(found.length - 500, "more line")}: zoom in` : ""); }
  };
  const strip = new Strip(figure, "Timeline", 1e-9, view => {
    drawTimeline(view, phases, lanesOfDrivers(spans), online, log, end);
    refill(view);
  });
  lines.addEventListener("toggle", () => refill(strip));
  host.append(html("p", { class: "soft" }, `${duration(end)} from power-on to the last event. Phases follow one another; from DriverProbe on, what drivers do overlaps. Red is a probe that did not come to its end.`), figure, lines);
  refill(strip);
}

/** For each driver its spans, in rows in which none covers another; when there are many, rows are shared. */
function lanesOfDrivers(spans) {
  const lanes = new Map();
  for (const span of spans) {
    const lane = lanes.get(span.driver) ?? { name: span.driver, ends: [], spans: [] };
    lanes.set(span.driver, lane);
    const end = span.end ?? Infinity;
    if (span.end === span.start) { // seen only when it had bound: such stand in each other's place
      lane.spans.push({ ...span, row: 0 });
      continue;
    }
    let row = lane.ends.findIndex(other => other <= span.start);
    if (row < 0) { row = lane.ends.length < 24 ? lane.ends.length : lane.spans.length % 24; }
    lane.ends[row] = Math.max(end, span.start + 1);
    lane.spans.push({ ...span, row });
  }
  return [...lanes.values()];
}

function drawTimeline(view, phases, drivers, online, log, end) {
  const picture = draw("svg", { width: view.width, role: "presentation" });
  const isNarrow = view.gutter === 0;
  const x = time => view.x(time / end);
  let y = 22;
  const label = name => {
    if (isNarrow) { y += 13; }
    picture.append(text(isNarrow ? 0 : view.gutter - 10, isNarrow ? y - 3 : y + 10, name, { class: "lane", "text-anchor": isNarrow ? "start" : "end" }));
  };
  const block = (name, start, stop, top, height, words) => {
    const [from, to] = [Math.max(view.gutter, x(start)), Math.min(view.width, x(stop))];
    if (to < view.gutter || from > view.width || x(stop) < view.gutter) { return null; }
    const made = draw("rect", { class: name, x: Math.min(from, view.width - 1.5), y: top, width: Math.max(1.5, to - from), height });
    picture.append(tell(made, words));
    return Math.max(from + 1.5, to);
  };
  drawTimes(picture, view, end);
  for (const phase of phases) {
    if (!isNarrow) { label(phase.name); }
    const took = phase.end - phase.start;
    const at = block("part", phase.start, phase.end, y, 11, `${phase.name}\n${clock(phase.start)} – ${clock(phase.end)}, ${duration(took)}`);
    if (at !== null) {
      const words = isNarrow ? `${phase.name} ${took > 0 ? duration(took) : ""}` : took > 0 ? duration(took) : "";
      picture.append(at + 8 + words.length * letter < view.width ? text(at + 4, y + 10, words, { class: "soft" }) : text(Math.max(view.gutter + 3, x(phase.start) + 3), y + 10, words, { "pointer-events": "none" }));
    }
    y += 13;
  }
  y += 8;
  for (const driver of drivers) {
    label(driver.name);
    const rows = Math.max(1, driver.ends.length);
    const height = rows <= 3 ? 11 : rows <= 8 ? 6 : 3;
    const alike = new Map();
    for (const span of driver.spans) {
      const key = `${span.row} ${Math.round(x(span.start))} ${Math.round(x(span.end ?? end))}`;
      if (!alike.has(key)) { alike.set(key, []); }
      alike.get(key).push(span);
    }
    for (const [span, ...others] of alike.values()) {
      const words = span.end === undefined ? "did not come to its end" : `${clock(span.end)}, ${duration(span.end - span.start)}`;
      block(span.end === undefined ? "span open" : "span", span.start, span.end ?? end, y + span.row * (height + 1), height, `${span.driver} ${span.subject}\n${clock(span.start)} – ${words}${others.length ? `\nand ${many(others.length, "other")}: ${others.slice(0, 8).map(other => other.subject).join(", ")}` : ""}`);
    }
    y += Math.max(13, rows * (height + 1)) + 4;
  }
  if (online.length > 0) {
    label("blocks online");
    for (const run of online) {
      block("span", run.start, run.end, y, 11, `memory${run.first} to memory${run.last}: ${many(run.last - run.first + 1, "block")}\n${clock(run.start)} – ${clock(run.end)}, ${duration(run.end - run.start)}`);
    }
    y += 17;
  }
  label("kernel log");
  drawLog(picture, view, log, x, y);
  y += 20;
  picture.setAttribute("height", y);
  picture.setAttribute("viewBox", `0 0 ${view.width} ${y}`);
  view.element.replaceChildren(picture);
}

/** A tick per pixel in which there are lines; the tip has the first of them. */
function drawLog(picture, view, log, x, y) {
  const columns = new Map();
  for (const line of log) {
    const at = Math.round(x(line.time) / 2) * 2;
    if (at >= view.gutter && at <= view.width) { columns.set(at, [...(columns.get(at) ?? []).slice(0, 5000), line]); }
  }
  for (const [at, lines] of columns) {
    const worst = Math.min(...lines.map(line => line.level));
    const made = draw("path", { class: worst <= 4 ? "tick warn" : worst === 7 ? "tick debug" : "tick", d: `M${at} ${y}V${y + 14}` });
    const first = lines.filter(line => line.level === worst || lines.length <= 12).slice(0, 12);
    picture.append(made, tell(draw("rect", { x: at - 2, y, width: 4, height: 14, fill: "transparent" }), first.map(line => `[${clock(line.time)}] ${line.text}`).join("\n") + (lines.length > first.length ? `\n… and ${many(lines.length - first.length, "more line")}` : "")));
  }
}

/** Round times. */
function drawTimes(picture, view, end) {
  const visible = (view.to - view.from) * end;
  const least = visible * 90 / view.length;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map(times => times * power).find(size => size >= least);
  const digits = Math.max(0, Math.min(12, Math.ceil(12 - Math.log10(step))));
  for (let time = Math.ceil(view.from * end / step) * step; time <= view.to * end; time += step) {
    const x = view.x(time / end);
    picture.append(draw("path", { class: "rule", d: `M${x} 14V20` }));
    if (x < view.width - 60) { picture.append(text(x, 11, `${(time / 1e12).toFixed(digits)} s`, { class: "soft" })); }
  }
}
