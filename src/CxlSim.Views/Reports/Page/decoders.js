// Every decoder that decodes something, level by level; the idle ones are counted.
const decoderColumns = ["decoder", "of", "addresses", "size", "ways", "granularity", "targets", "state", "region"];

function showDecoders() {
  if (data.decoders.length === 0) { return; }
  const host = section("decoders");
  for (const level of ["root", "host bridge", "switch", "endpoint"]) {
    const all = data.decoders.filter(decoder => decoder.level === level);
    const used = all.filter(decoder => decoder.state !== "idle");
    if (all.length === 0) { continue; }
    const idle = all.length - used.length;
    const words = `${level}: ${many(used.length, "decoder")}${level === "root" ? ", the fixed windows" : ""}${idle ? `, and ${count(idle)} idle` : ""}`;
    const details = html("details", { "data-level": level, open: used.length > 0 && used.length <= 40 ? "" : null }, html("summary", {}, words));
    const build = () => { if (details.open && !details.querySelector("table")) { details.append(decoderTable(used)); } };
    details.addEventListener("toggle", build);
    build();
    host.append(details);
  }
}

function decoderTable(decoders) {
  const numbers = new Set(["size", "ways", "granularity"]);
  const head = html("tr", {}, ...decoderColumns.map(name => html("th", { scope: "col", class: numbers.has(name) ? "number" : null }, name)));
  const rows = decoders.map(decoder => {
    const cells = [
      decoder.name, decoder.owner, decoder.range ? `${decoder.range[0]}–${decoder.range[1]}` : "none", decoder.range ? bytes(sizeOf(decoder.range)) : "", decoder.ways,
      bytes(decoder.granularity), decoder.targets, decoder.state,
    ].map((words, index) => html("td", { class: index === 6 ? "wrap" : index >= 3 && index <= 5 ? "number" : null }, words));
    const row = html("tr", {}, ...cells, html("td", { class: "wrap" }, ...regionWords(decoder.regions)));
    return decoder.regions.length === 1 ? paint(row, decoder.regions[0]) : row;
  });
  return html("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Decoders" }, html("table", {}, html("thead", {}, head), html("tbody", {}, ...rows)));
}

function regionWords(names) {
  return names.flatMap((name, index) => [
    index ? ", " : "", html("span", {}, paint(html("span", { class: "swatch" }), name), name),
  ]);
}
