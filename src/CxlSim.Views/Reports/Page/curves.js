// Latency over the bandwidth that goes through, a line for each load.
function showCurves() {
  if (data.curves.length === 0) { return; }
  const host = section("curves");
  const figure = html("figure", {});
  host.append(figure);
  whenSized(figure, width => figure.replaceChildren(drawCurves(Math.min(width, 900))));
}

function drawCurves(width) {
  const height = Math.min(360, width * 0.6 + 60);
  const names = Math.min(width * 0.4, 12 + letter * Math.max(...data.curves.map(curve => curve.name.length)));
  const points = data.curves.flatMap(curve => curve.points);
  const [most, slowest] = [Math.max(1e-9, ...points.map(point => point.bandwidth)), Math.max(1e-9, ...points.map(point => point.latency))];
  const x = bandwidth => 54 + bandwidth / most * (width - 54 - names);
  const y = latency => height - 34 - latency / slowest * (height - 60);
  const picture = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Latency of ${data.curves.map(curve => curve.name).join(", ")}` });
  for (const latency of roundSteps(slowest, 5)) { picture.append(draw("path", { class: "rule", d: `M48 ${y(latency)}H${x(most)}` }), text(44, y(latency) + 4, latency, { class: "soft", "text-anchor": "end" })); }
  for (const bandwidth of roundSteps(most, Math.max(2, Math.floor(width / 140)))) { picture.append(text(x(bandwidth), height - 18, bandwidth, { class: "soft", "text-anchor": "middle" })); }
  picture.append(text(0, 11, "ns", { class: "soft" }), text(x(most), height - 4, "GB/s", { class: "soft", "text-anchor": "end" }));
  let free = Infinity;
  const ends = data.curves.map((curve, index) => ({ curve, index, last: curve.points[curve.points.length - 1] })).filter(end => end.last).sort((a, b) => y(b.last.latency) - y(a.last.latency));
  for (const { curve, index, last } of ends) {
    const group = draw("g", { "data-curve": curve.name });
    group.style.setProperty("--hue", firstHues[index % firstHues.length]);
    group.append(draw("path", { class: "curve", d: curve.points.map((point, at) => `${at ? "L" : "M"}${x(point.bandwidth)} ${y(point.latency)}`).join("") }));
    for (const point of curve.points) {
      group.append(tell(draw("circle", { class: "point", cx: x(point.bandwidth), cy: y(point.latency), r: 2.5 }), `${curve.name}\n${point.bandwidth} GB/s, ${point.latency} ns`));
    }
    free = Math.min(y(last.latency) + 4, free - 13);
    group.append(text(x(last.bandwidth) + 7, free, fit(curve.name, names)));
    picture.append(group);
  }
  return picture;
}

function roundSteps(most, wanted) {
  const power = 10 ** Math.floor(Math.log10(most / wanted));
  const step = [1, 2, 5, 10].map(times => times * power).find(size => size * wanted >= most);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => +(index * step).toPrecision(12));
}
