// Zones of nodes, and each memory block as a square.
function showMemory() {
  const { nodes, runs } = data.memory;
  if (nodes.length === 0) { return; }
  const host = section("memory");
  host.append(zoneTable(nodes));
  host.append(html("p", { class: "soft" }, `A memory block is ${bytes(data.memory.blockSize)}. Filled squares are online, hollow ones offline; what a region has is in its colour, pale where the zone is Movable.`));
  const isCrowded = nodes.length > 8;
  const place = isCrowded ? html("div", { class: "nodes" }) : host;
  if (isCrowded) { host.append(place); }
  for (const node of nodes) {
    const own = runs.filter(run => run.node === node.id);
    if (own.length === 0) { continue; }
    const blocks = own.reduce((total, run) => total + run.last - run.first + 1, 0);
    const title = html("h3", {}, `node ${node.id}: ${many(blocks, "block")}`);
    const grid = html("div", { class: "grid", "data-node": node.id });
    place.append(html("div", {}, title, grid, isCrowded ? null : runList(own)));
    whenSized(grid, width => drawBlocks(grid, width, own, blocks));
  }
}

function zoneTable(nodes) {
  const names = ["node", "CPUs", "zone", "pages from", "to", "present", "managed", "free"];
  const rows = nodes.flatMap(node => node.zones.length === 0 ? [[node.id, node.cpus || "none", "no memory", "", "", "", "", ""]]
    : node.zones.map((zone, index) => [index ? "" : node.id, index ? "" : node.cpus || "none", zone.name, ...zone.span, bytes(zone.present), bytes(zone.managed), bytes(zone.free)]));
  return html("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Zones" }, html("table", { class: "zones" },
    html("thead", {}, html("tr", {}, ...names.map((name, index) => html("th", { scope: "col", class: index > 4 ? "number" : null }, name)))),
    html("tbody", {}, ...rows.map(cells => html("tr", {}, ...cells.map((words, index) => html("td", { class: index > 4 ? "number" : null }, words)))))));
}

const runWords = run => `memory${run.first}${run.last > run.first ? `–${run.last}` : ""}: ${run.zone || (run.state === "online" ? "several zones" : "no zone")}, ${run.state}${run.region ? `, ${run.region}` : ""}`;

function runList(runs) {
  const most = 12;
  const list = html("ul", { class: "legend" });
  for (const run of runs.slice(0, most)) { list.append(html("li", {}, paint(html("span", {}, html("span", { class: "swatch" }), runWords(run)), run.region))); }
  if (runs.length > most) { list.append(html("li", { class: "soft" }, `and ${many(runs.length - most, "run")} more`)); }
  return list;
}

/** Of very many blocks a square stands for several. */
function drawBlocks(grid, width, runs, blocks) {
  let per = 1;
  const cell = blocks > 3000 ? 6 : 9;
  const columns = Math.max(8, Math.min(Math.floor(width / cell / 16) * 16 || 16, 128));
  while (blocks / per > 4096) { per *= 2; }
  const rows = Math.ceil(blocks / per / columns);
  const height = rows * cell + (per > 1 ? 18 : 0);
  const picture = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": runs.slice(0, 20).map(runWords).join("; ") });
  let index = 0;
  for (const run of runs) {
    const number = run.last - run.first + 1;
    const path = [];
    const inset = run.state === "online" ? 0 : 0.5;
    const side = cell - 1.5 - 2 * inset;
    for (let at = Math.ceil(index / per); at < Math.max(Math.ceil(index / per) + 1, Math.ceil((index + number) / per)); at++) {
      path.push(`M${at % columns * cell + inset} ${Math.floor(at / columns) * cell + inset}h${side}v${side}h${-side}z`);
    }
    const kind = `cell${run.state === "online" ? "" : " offline"}${run.zone === "Movable" ? " movable" : ""}`;
    const made = paint(draw("path", { class: kind, d: path.join(""), "data-blocks": number }), run.region);
    const first = index;
    made.addEventListener("pointermove", event => {
      const box = picture.getBoundingClientRect();
      const at = Math.floor((event.clientY - box.top) / cell) * columns + Math.floor((event.clientX - box.left) / cell);
      const block = run.first + Math.max(0, Math.min(number - 1, at * per - first));
      const start = BigInt(block) * BigInt(data.memory.blockSize);
      showTip(`memory${block}  ${hex(start)}–${hex(start + BigInt(data.memory.blockSize) - 1n)}\n${runWords(run)}`, event.clientX, event.clientY);
    });
    made.addEventListener("pointerleave", hideTip);
    picture.append(made);
    index += number;
  }
  if (per > 1) { picture.append(text(0, height - 4, `a square is ${many(per, "block")}`, { class: "soft" })); }
  grid.replaceChildren(picture);
}
