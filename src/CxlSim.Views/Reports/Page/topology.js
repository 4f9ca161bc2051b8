// The machine as it is plugged together: windows, host bridges, ports, switches, devices; ways in the colours of the regions that use them.
function showTopology() {
  if (data.topology.length === 0) { return; }
  const host = section("topology");
  const devices = data.topology.flatMap(devicesBelow).length;
  const figure = html("figure", {});
  const canvas = html("div", { class: "tree" });
  host.append(html("p", { class: "soft" },
    `${many(data.windows.length, "window")}, ${many(data.topology.length, "host bridge")}, ${many(devices, "memory device")}, as Linux found them. A way has the colours of the regions that go through it.${cpuNodes()}`));
  figure.append(canvas);
  host.append(figure);
  const redraw = () => drawTopology(canvas, canvas.clientWidth, devices);
  if (devices > 12) { host.insertBefore(foldTools(redraw), figure); }
  whenSized(canvas, redraw);
}

function cpuNodes() {
  const nodes = data.memory.nodes.filter(node => node.cpus !== "");
  return nodes.length ? ` CPUs: ${nodes.map(node => `${node.cpus} on node ${node.id}`).join("; ")}.` : "";
}

function foldTools(redraw) {
  const tools = html("div", { class: "tools" });
  const add = (words, act) => {
    const button = html("button", { type: "button" }, words);
    button.addEventListener("click", () => { act(); redraw(); });
    tools.append(button);
  };
  add("all devices", () => { closed.clear(); data.topology.forEach((_, index) => unfold(data.topology[index], `${index}`)); });
  add("fold", () => { open.clear(); closed.clear(); data.topology.forEach((_, index) => closed.add(`${index}`)); });
  return tools;
}

function unfold(node, path) {
  open.add(path);
  node.children.filter(child => child.children.length > 0 || child.kind === "device").forEach((child, index) => unfold(child, `${path}/${index}`));
}

function drawTopology(canvas, width, devices) {
  const budget = { isTight: devices > 40 };
  const trees = data.topology.map((node, index) => shownTree(node, `${index}`, null, budget));
  const left = data.windows.length > 0 ? Math.min(220, width * 0.2) : 0;
  const columns = width >= 760 ? columnsOf(trees, left, width - Math.max(300, Math.min(460, width * 0.34))) : null;
  const bridges = new Map(trees.map(tree => [tree.node.name, tree]));
  const placed = columns ? placeWide(trees, columns) : { height: placeNarrow(trees, data.windows.length * 20 + 8), sockets: [] };
  const windows = columns ? placeWindows(data.windows, bridges) : data.windows.map((window, index) => ({ window, y: 10 + index * 20 }));
  const height = Math.max(placed.height, ...windows.map(window => window.y + (columns ? 16 : 8)));
  const picture = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Topology" });
  const focused = canvas.contains(document.activeElement) ? document.activeElement.dataset.path : null;
  for (const socket of placed.sockets) { drawSocket(picture, socket, columns.at[0] - 7, width); }
  for (const window of windows) { picture.append(drawWindow(window, bridges, columns ? left : width, columns !== null)); }
  for (const tree of trees) {
    eachShown(tree, shown => { if (shown.parent) { drawEdge(picture, shown, columns); } });
  }
  for (const tree of trees) {
    eachShown(tree, shown => picture.append(drawNode(shown, width - shown.x, columns?.isBrief === true, () => drawTopology(canvas, width, devices))));
  }
  canvas.replaceChildren(picture);
  if (focused) { canvas.querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus(); }
}

function drawSocket(picture, { node, top, bottom }, x, width) {
  const cpus = data.memory.nodes.find(found => found.id === node)?.cpus;
  picture.append(draw("rect", { class: "socket", x, y: top, width: width - x, height: bottom - top }), text(x + 7, top + 14, `node ${node}${cpus ? `, CPUs ${cpus}` : ""}`, { class: "lane" }));
}

function drawEdge(picture, shown, columns) {
  const above = shown.parent;
  const start = columns ? above.x + 18 + letter * labelOf(above, columns.isBrief).length : above.x + 5;
  drawWays(picture, regionsBelow(shown), offset => columns
    ? `M${start} ${above.y + offset}C${(start + shown.x) / 2} ${above.y + offset} ${(start + shown.x) / 2} ${shown.y + offset} ${shown.x - 2} ${shown.y + offset}`
    : `M${start + offset} ${above.y + 6}V${shown.y + offset}H${shown.x - 2}`);
}

/** Strokes beside each other for up to four regions; more than that are one of no colour. */
function drawWays(picture, regions, path) {
  if (regions.length === 0 || regions.length > 4) {
    picture.append(draw("path", { class: "edge", d: path(0) }));
  } else {
    regions.forEach((region, index) => picture.append(paint(draw("path", { class: "edge", d: path((index - (regions.length - 1) / 2) * 3) }), region)));
  }
}

function labelOf(shown, isBrief = false) {
  const { node } = shown;
  if (node.kind === "group") { return groupLabel(shown); }
  const words = node.kind === "device" ? [node.cxlName || node.name, bytes(node.capacity), node.label] : isBrief ? [node.name] : [node.name, node.cxlName, node.label, node.kind === "switch" ? linkOf(node) : ""];
  return words.filter(word => word !== "").join(" ");
}

function groupLabel(shown) {
  const sizes = new Set(shown.devices.map(device => device.capacity));
  const names = shown.devices.map(device => device.cxlName).filter(name => name !== "");
  return `${many(shown.devices.length, "device")}${sizes.size === 1 ? ` of ${bytes([...sizes][0])}` : ""}${names.length ? `, ${names[0]} to ${names[names.length - 1]}` : ""}`;
}

const linkOf = node => node.link ? `x${node.link.width} ${node.link.speed / 1000} GT/s` : "";

function drawNode(shown, room, isBrief, redraw) {
  const { node } = shown;
  const made = draw("g", { class: "node", transform: `translate(${shown.x} ${shown.y})`, "data-kind": node.kind, "data-path": shown.path });
  if (isLast(shown)) {
    drawDevices(made, shown, room);
  } else {
    made.append(node.kind === "host bridge" || node.kind === "switch"
      ? draw("rect", { class: "box knob", x: 0, y: -5, width: 10, height: 10, rx: node.kind === "switch" ? 5 : 0 })
      : draw("circle", { class: "box knob", cx: 4, cy: 0, r: 3 }));
    made.append(text(14, 4, fit(labelOf(shown, isBrief), room - 14)));
  }
  tell(made, [
    `${node.kind} ${node.name}${node.cxlName ? ` (${node.cxlName})` : ""}${node.label ? `, ${node.label}` : ""}`, linkOf(node) && `link ${linkOf(node)}`,
    shown.empty ? `${many(shown.empty, "port")} without a device` : "", `${many(shown.devices.length, "memory device")}${regionsBelow(shown).length ? `: ${regionsBelow(shown).join(", ")}` : ""}`,
    shown.canFold ? (shown.folded ? "Enter shows its devices" : "Enter folds it") : "",
  ].filter(line => line).join("\n").replace(/^group .*\n/, ""));
  made.setAttribute("tabindex", "0");
  if (shown.canFold) {
    made.setAttribute("role", "button");
    made.setAttribute("aria-expanded", String(!shown.folded));
    const toggle = () => {
      (shown.folded ? open : closed).add(shown.path);
      (shown.folded ? closed : open).delete(shown.path);
      hideTip();
      redraw();
    };
    made.addEventListener("click", toggle);
    made.addEventListener("keydown", event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); } });
  }
  return made;
}

/** A bar with what regions take of it; behind it the link and the name. */
function drawDevices(made, shown, room) {
  const length = Math.min(70, room * 0.16);
  const whole = sum(shown.devices.map(device => device.capacity));
  made.append(draw("rect", { class: "box", x: 0, y: -6, width: length, height: 12 }));
  let x = 0;
  for (const name of regionsBelow(shown)) {
    const taken = sum(shown.devices.flatMap(device => partsOf(device, name)));
    const part = whole > 0n ? Number(taken * 10000n / whole) / 10000 * length : 0;
    made.append(paint(draw("rect", { class: "part", x, y: -6, width: part, height: 12 }), name));
    x += part;
  }
  const link = shown.node.kind === "group" ? [...new Set(shown.devices.map(linkOf))].filter(word => word).join(", ") : linkOf(shown.node);
  const words = labelOf(shown);
  made.append(text(length + 8, 4, fit(link ? `${words}  ${link}` : words, room - length - 8)));
}

const memdevs = new Map(data.memdevs.map(memdev => [memdev.name, memdev]));
const partsOf = (device, region) => (memdevs.get(device.cxlName)?.taken ?? []).filter(part => part.region === region).map(part => part.size);

function drawWindow({ window, y }, bridges, room, isWide) {
  const made = draw("g", { class: "window" });
  const regions = data.regions.filter(region => region.window === window.name);
  const name = `${window.name}  ${window.range ? bytes(sizeOf(window.range)) : ""}`;
  if (isWide) {
    const tint = regions.length === 1 ? regions[0].name : null;
    const isLow = data.windows.length > 12;
    made.append(paint(draw("rect", { class: "bar", x: 0.5, y: y - (isLow ? 9 : 12), width: room * 0.66, height: isLow ? 18 : 26 }), tint));
    made.append(text(5, isLow ? y + 4 : y - 1, fit(name, room * 0.66 - 8)), isLow ? "" : text(5, y + 10, fit(window.range ? window.range[0] : "", room * 0.66 - 8), { class: tint ? "" : "soft" }));
    for (const target of window.targets.map(target => bridges.get(target)).filter(found => found)) {
      const used = regions.map(region => region.name).filter(region => regionsBelow(target).includes(region));
      drawWays(made, used, offset => `M${room * 0.66} ${y + offset}C${room * 0.85} ${y + offset} ${room * 0.85} ${target.y + offset} ${target.x - 2} ${target.y + offset}`);
    }
  } else {
    made.append(text(8, y + 4, fit(`${name} → ${window.targets.join(", ")}`, room - 8), { class: "soft" }));
  }
  return tell(made, `window ${window.name}: ${window.range ? window.range.join("–") : ""}\n${many(window.ways, "way")} of ${bytes(window.granularity)}${window.isXor ? ", XOR arithmetic" : ""}, takes ${window.kinds.join(" and ") || "nothing"}\nto ${window.targets.join(", ")}${regions.length ? `\n${regions.map(region => region.name).join(", ")}` : ""}`);
}
