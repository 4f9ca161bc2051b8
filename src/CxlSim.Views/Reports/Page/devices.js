// The devices' own addresses below the map: each device a bar of its whole capacity, ribbons from the regions that are in view to what they take of it.
const deviceHeight = 16;

/** Gives the height that the drawing has with them. */
function drawDeviceAddresses(picture, view, scale, top) {
  if (data.memdevs.length === 0) { return top; }
  const seen = inView(view, scale);
  const shown = view.to - view.from > 0.999 ? data.memdevs : data.memdevs.filter(memdev => memdev.taken.some(part => seen.has(part.region)));
  const cell = view.length / Math.max(1, shown.length);
  const isNarrow = view.gutter === 0;
  if (shown.length === 0) { return top; }
  if (cell < 26) { return drawManyDevices(picture, view, shown, top + (isNarrow ? 18 : 6)); }
  const y = top + 64;
  picture.append(text(isNarrow ? 0 : view.gutter - 10, isNarrow ? top + 12 : y + 12, "device addresses", { class: "lane", "text-anchor": isNarrow ? "start" : "end" }));
  shown.forEach((memdev, index) => {
    const x = view.gutter + index * cell;
    const width = Math.min(cell - 6, 360);
    for (const part of memdev.taken) { drawRibbon(picture, view, scale, seen, part, partX(memdev, part, x, width), top, y); }
    drawDevice(picture, memdev, x, y, width, deviceHeight);
    picture.append(text(x, y + deviceHeight + 12, fit(memdev.name, cell - 2)), text(x, y + deviceHeight + 24, fit(bytes(wholeOf(memdev)), cell - 2), { class: "soft" }));
  });
  return y + deviceHeight + 30;
}

const wholeOf = memdev => BigInt(memdev.ram) + BigInt(memdev.pmem);

function inView(view, scale) {
  const seen = new Map();
  for (const region of data.regions.filter(found => found.range)) {
    const [first, last] = range(region.range);
    const [from, to] = [view.x(scale.at(first)), view.x(scale.at(last + 1n))];
    if (to >= view.gutter && from <= view.width) { seen.set(region.name, [Math.max(view.gutter, from), Math.min(view.width, to)]); }
  }
  return seen;
}

function partX(memdev, part, x, width) {
  const whole = Number(wholeOf(memdev));
  const start = x + Number(BigInt(part.start)) / whole * width;
  return [start, Math.max(start + 1, start + Number(BigInt(part.size)) / whole * width)];
}

function drawRibbon(picture, view, scale, seen, part, [left, right], top, y) {
  const above = seen.get(part.region);
  if (above) {
    const middle = (top + y) / 2;
    const d = `M${above[0]} ${top}C${above[0]} ${middle} ${left} ${middle} ${left} ${y}H${right}C${right} ${middle} ${above[1]} ${middle} ${above[1]} ${top}Z`;
    picture.append(paint(draw("path", { class: "ribbon", d }), part.region));
  }
}

function drawDevice(picture, memdev, x, y, width, height, frame = "box") {
  const whole = Number(wholeOf(memdev));
  const name = `${memdev.name}${memdev.device ? ` (${memdev.device})` : ""}`;
  picture.append(tell(draw("rect", { class: frame, x, y, width, height, "data-memdev": memdev.name }), `${name}, ${bytes(wholeOf(memdev))}: ${[["ram", "volatile"], ["pmem", "persistent"]].filter(([key]) => BigInt(memdev[key]) > 0n).map(([key, word]) => `${bytes(memdev[key])} ${word}`).join(", ")}\n${memdev.taken.length ? "" : "nothing of it is taken"}`.trim()));
  if (BigInt(memdev.pmem) > 0n && BigInt(memdev.ram) > 0n) {
    const border = x + Number(BigInt(memdev.ram)) / whole * width;
    picture.append(draw("path", { class: "tick", d: `M${border} ${y - 3}V${y + height + 3}` }));
  }
  for (const part of memdev.taken) {
    const [left, right] = partX(memdev, part, x, width);
    const made = paint(draw("rect", { class: "part", x: left, y: y + 0.5, width: right - left, height: height - 1 }), part.region);
    picture.append(tell(made, `${name} DPA ${part.start}–${hex(BigInt(part.start) + BigInt(part.size) - 1n)}  ${bytes(part.size)}\n${part.decoder}${part.region ? `, ${part.region}` : ", in no region"}`));
  }
}

/** Too many for names and ribbons: a field of small bars, which the regions in view thin out. */
function drawManyDevices(picture, view, shown, top) {
  const perRow = Math.max(8, Math.floor(view.length / 30));
  const width = view.length / perRow - 3;
  shown.forEach((memdev, index) => drawDevice(picture, memdev, view.gutter + index % perRow * (width + 3), top + Math.floor(index / perRow) * 11, width, 8, "bar"));
  picture.append(text(view.gutter === 0 ? 0 : view.gutter - 10, view.gutter === 0 ? top - 5 : top + 9, `${many(shown.length, "device")}`, { class: "lane", "text-anchor": view.gutter === 0 ? "start" : "end" }));
  return top + Math.ceil(shown.length / perRow) * 11 + 8;
}
