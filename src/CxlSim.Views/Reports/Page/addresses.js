// Who says what of an address, from firmware down to the decoders; and where it leads.
const barHeight = 15;

function showAddresses() {
  if (data.addresses.length === 0) { return; }
  const host = section("addresses");
  host.append(html("p", { class: "soft" }, "From what firmware says down to what decodes it, and below that the devices' own addresses. Sizes grow with their logarithm; a hatched break has no addresses that anybody names."));
  const lanes = lanesOf();
  const bars = lanes.flatMap(lane => lane.bars);
  const isMain = bar => bar.depth === 0 && bar.lane !== "memory blocks" && !bar.lane.endsWith("decoders");
  const scale = new AddressScale(bars.filter(isMain).map(bar => bar.range), bars.filter(bar => !isMain(bar)).map(bar => bar.range));
  const figure = html("figure", {});
  const readout = html("div", { class: "readout", "aria-live": "polite" }, "Point at an address, or type one.");
  const strip = new Strip(figure, "Address map", 1e-12, view => drawAddresses(view, scale, lanes, readout));
  strip.tools.append(addressInput(strip, scale, readout));
  strip.tools.after(readout);
  figure.append(html("figcaption", { class: "hint" }, "Wheel or + and − zoom, dragging or arrows move, a click on a bar shows it whole. In a region that is close enough stripes are pieces of its interleave."));
  host.append(figure);
}

function lanesOf() {
  const lanes = data.addresses.map(lane => ({ name: lane.name, bars: lane.bars.map(bar => ({ ...bar, lane: lane.name, range: range(bar.range) })) }));
  const regions = data.regions.filter(region => region.range).map(region => ({ name: region.name, range: range(region.range), depth: 0, region: region.name, lane: "regions" }));
  const after = lanes.findIndex(lane => lane.name === "windows");
  lanes.splice(after + 1 || lanes.length, 0, ...(regions.length ? [{ name: "regions", bars: regions }] : []));
  const blocks = lanes.find(lane => lane.name === "memory blocks");
  return blocks ? [...lanes.slice(0, 2), blocks, ...lanes.slice(2).filter(lane => lane !== blocks)] : lanes;
}

function addressInput(strip, scale, readout) {
  const input = html("input", { id: "address", type: "text", spellcheck: "false", placeholder: "0x…", autocomplete: "off" });
  const go = () => {
    const word = input.value.trim().replace(/^(?!0x)/i, "0x");
    if (/^0x[0-9a-f]{1,16}$/i.test(word)) {
      const address = BigInt(word);
      const at = scale.at(address);
      strip.marked = address;
      const size = Math.min(strip.to - strip.from, 0.05);
      strip.show(at - size / 2, at + size / 2);
      readout.textContent = describe(address);
    } else if (input.value.trim() !== "") {
      readout.textContent = `${input.value}: expected a hexadecimal address such as 0x490000000`;
    }
  };
  input.addEventListener("change", go);
  return html("span", {}, html("label", { for: "address" }, "address "), input);
}

/** All that is known of an address. */
function describe(address) {
  const words = [];
  for (const lane of lanesOf()) {
    const bars = lane.bars.filter(bar => bar.range[0] <= address && address <= bar.range[1]);
    if (bars.length) { words.push(`${lane.name}: ${bars.map(bar => bar.name).join(" > ")}`); }
  }
  const way = wayOf(address);
  return `${hex(address)}  ${way ? `→ ${way.memdev} DPA ${hex(way.dpa)}  ` : ""}${words.join(" · ") || "nobody names it"}`;
}

/** The device and byte that an address leads to, where its region goes round its members; null elsewhere. */
function wayOf(address) {
  const region = data.regions.find(found => found.turns && BigInt(found.decoded[0]) <= address && address <= BigInt(found.decoded[1]));
  if (!region) { return null; }
  const offset = address - BigInt(region.decoded[0]);
  const piece = BigInt(region.granularity);
  const ways = BigInt(region.members.length);
  const member = region.members[region.turns[Number(offset / piece % ways)]];
  return { memdev: member.memdev, position: member.position, dpa: BigInt(member.start) + offset / piece / ways * piece + offset % piece };
}

function drawAddresses(view, scale, lanes, readout) {
  const picture = draw("svg", { width: view.width, role: "presentation" });
  picture.append(draw("defs", {}, draw("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, draw("path", { class: "hatch", d: "M0 0V5" }))));
  let y = 26;
  const body = draw("g", {});
  for (const lane of lanes) {
    const isNarrow = view.gutter === 0;
    if (isNarrow) { y += 14; }
    body.append(text(isNarrow ? 0 : view.gutter - 10, isNarrow ? y - 3 : y + 11, lane.name, { class: "lane", "text-anchor": isNarrow ? "start" : "end" }));
    const rows = 1 + Math.max(0, ...lane.bars.map(bar => bar.depth));
    drawBars(body, view, scale, lane, y);
    if (lane.name === "regions") { drawPieces(body, view, scale, y); }
    y += rows * barHeight + 5;
  }
  for (const [start, end] of scale.gaps) {
    const [from, to] = [Math.max(view.gutter, view.x(scale.at(start))), Math.min(view.width, view.x(scale.at(end)))];
    if (to - from > 1) { picture.append(draw("rect", { class: "gap", x: from, y: 22, width: to - from, height: y - 24 })); }
  }
  drawTicks(picture, view, scale);
  picture.append(body);
  const height = drawDeviceAddresses(picture, view, scale, y);
  const cursor = draw("path", { class: "cursor", d: view.marked === undefined ? "" : `M${view.x(scale.at(view.marked))} 20V${y}` });
  picture.append(cursor);
  picture.setAttribute("height", height);
  picture.setAttribute("viewBox", `0 0 ${view.width} ${height}`);
  picture.addEventListener("pointermove", event => {
    const x = event.clientX - picture.getBoundingClientRect().left;
    if (x >= view.gutter && event.clientY - picture.getBoundingClientRect().top < y) {
      cursor.setAttribute("d", `M${x} 20V${y}`);
      readout.textContent = describe(scale.address(view.position(x)));
    }
  });
  view.element.replaceChildren(picture);
}

/** Bars of less than a pixel are drawn where none has been drawn in that pixel. */
function drawBars(body, view, scale, lane, top) {
  const drawn = new Map();
  for (const bar of lane.bars) {
    const from = Math.max(view.gutter - 1, view.x(scale.at(bar.range[0])));
    const to = Math.min(view.width + 1, view.x(scale.at(bar.range[1] + 1n)));
    if (to < view.gutter || from > view.width || (to - from < 1 && drawn.get(bar.depth) === Math.floor(from))) { continue; }
    drawn.set(bar.depth, Math.floor(from));
    const y = top + bar.depth * barHeight;
    const made = draw("rect", { class: !bar.region && /System RAM|Conventional/.test(bar.name) ? "bar ram" : "bar", x: from, y, width: Math.max(1, to - from), height: barHeight - 2 });
    paint(made, bar.region);
    tell(made, `${bar.name.length > 200 ? many(bar.name.split(" ").length, "decoder") : bar.name}\n${hex(bar.range[0])}–${hex(bar.range[1])}  ${bytes(bar.range[1] - bar.range[0] + 1n)}${bar.region && bar.region !== bar.name ? `\n${bar.region}` : ""}`);
    made.addEventListener("click", () => {
      const [start, end] = [scale.at(bar.range[0]), scale.at(bar.range[1] + 1n)];
      view.show(start - (end - start) * 0.04, end + (end - start) * 0.04);
    });
    body.append(made);
    const label = to - from > 24 ? fit(bar.name, to - from - 6) : "";
    if (label) { body.append(text(Math.max(from, view.gutter) + 3, y + 10.5, label, { "pointer-events": "none" })); }
  }
}

/** Pieces of an interleave, where each has a few pixels. */
function drawPieces(body, view, scale, y) {
  for (const region of data.regions.filter(found => found.turns && found.members.length > 1)) {
    const [first, last] = range(region.decoded);
    const from = scale.address(Math.max(view.from, scale.at(first)));
    const to = scale.address(Math.min(view.to, scale.at(last)));
    const piece = BigInt(region.granularity);
    if (to < first || from > last || from >= to || (to - from) / piece > BigInt(Math.floor(view.length / 6))) { continue; }
    for (let start = from - (from - first) % piece; start <= to; start += piece) {
      const [left, right] = [Math.max(view.gutter, view.x(scale.at(start))), view.x(scale.at(start + piece))];
      const way = wayOf(start);
      const made = paint(draw("rect", { class: "bar piece", x: left, y, width: Math.max(0, right - left), height: barHeight - 2 }), region.name);
      made.style.setProperty("--part", `${Math.round(30 + 70 * way.position / (region.members.length - 1))}%`);
      body.append(tell(made, `${hex(start)}–${hex(start + piece - 1n)}  ${bytes(piece)}\n→ ${way.memdev} DPA ${hex(way.dpa)}`), text(left + 3, y + 10.5, fit(way.memdev, right - left - 4), { "pointer-events": "none" }));
    }
  }
}

/** Addresses at the ends of stretches as long as there is room for them; within one stretch, round ones. */
function drawTicks(picture, view, scale) {
  const taken = [];
  const room = 12 + letter * Math.max(6, hex(scale.address(view.to)).length);
  const add = address => {
    const x = view.x(scale.at(address));
    const left = Math.min(x, view.width - room + 8);
    if (x < view.gutter - 0.5 || x > view.width + 0.5 || taken.some(other => Math.abs(other - left) < room)) { return; }
    taken.push(left);
    picture.append(draw("path", { class: "rule", d: `M${x} 14V22` }), text(left, 11, hex(address), { class: "soft" }));
  };
  for (const window of data.windows.filter(found => found.range)) { add(BigInt(window.range[0])); }
  scale.cuts.forEach(add);
  const [from, to] = [scale.address(view.from), scale.address(view.to)];
  const inside = scale.starts.slice(Math.max(0, lastAtOrBelow(scale.starts, from)), lastAtOrBelow(scale.starts, to) + 1);
  if (inside.length < 400) { inside.forEach(add); }
  if (inside.length < 3 && to > from) {
    const step = 1n << BigInt(Math.max(0, Math.ceil(Math.log2(Number(to - from) * room / view.length))));
    for (let address = from - from % step + step; address < to; address += step) { add(address); }
  }
}
