// The machine in a few lines, and its regions by name and colour.
function showSummary() {
  const host = document.getElementById("summary");
  const total = use => sum(data.capacities.map(device => device[use]));
  const whole = total("size");
  host.append(html("h1", {}, data.platform));
  host.append(html("p", {}, `Linux ${data.kernel} reached ${data.phase} after ${duration(data.kernelTime)} of its own time. `
    + (data.capacities.length === 0 ? (data.memdevs.length === 0 ? "The machine has no CXL memory." : "")
      : `Of ${bytes(whole)} on ${many(data.capacities.length, "CXL memory device")}, ${uses(whole)}.`)));
  if (whole > 0n) { host.append(capacityBar(whole)); }
  host.append(legend());
  const contents = html("nav", { "aria-label": "Contents" });
  for (const found of document.querySelectorAll("main > section:not([hidden])")) {
    contents.append(html("a", { href: `#${found.id}` }, found.querySelector("h2").textContent), " ");
  }
  host.append(contents);
  document.getElementById("colophon").append(
    `cxlsim, seed ${data.seed}${data.commandLine ? `, kernel command line: ${data.commandLine}` : ""}. Times are virtual. The page is one file and fetches nothing.`);
}

function uses(whole) {
  const words = [["inUse", "in use"], ["free", "free"], ["stranded", "stranded"]].map(([use, word]) => [sum(data.capacities.map(device => device[use])), word]).filter(([size]) => size > 0n);
  return words.map(([size, word]) => `${size === whole ? "all" : bytes(size)} is ${word}`).join(", ");
}

function capacityBar(whole) {
  const bar = html("div", { class: "capacity", role: "img", "aria-label": "Capacity in use, free and stranded" });
  const add = (name, size, words, region) => {
    if (size > 0n) {
      const part = html("span", { class: name });
      part.style.flexGrow = Number(size * 1000000n / whole);
      part.style.flexBasis = "0";
      bar.append(tell(paint(part, region), `${words}: ${bytes(size)}`));
    }
  };
  let named = 0n;
  for (const region of data.regions.filter(region => region.isCommitted)) {
    const size = sum(region.members.map(member => member.size));
    const used = size < sum(data.capacities.map(device => device.inUse)) - named ? size : sum(data.capacities.map(device => device.inUse)) - named;
    named += used;
    add("use", used, `${region.name}, in use`, region.name);
  }
  add("use", sum(data.capacities.map(device => device.inUse)) - named, "in use");
  add("free", sum(data.capacities.map(device => device.free)), "free");
  add("stranded", sum(data.capacities.map(device => device.stranded)), "stranded");
  return bar;
}

function legend() {
  const list = html("ul", { class: "legend" });
  const most = 16;
  for (const region of data.regions.slice(0, most)) {
    const words = `${region.name}  ${region.range ? bytes(sizeOf(region.range)) : "no addresses"}, ${region.mode}, ${many(region.ways, "way")}${region.ways > 1 ? ` of ${bytes(region.granularity)}` : ""}${region.isCommitted ? "" : ", not committed"}`;
    const button = paint(html("button", { type: "button", title: "Light it up everywhere" }, html("span", { class: "swatch" }), words), region.name);
    button.addEventListener("focus", () => light(region.name));
    button.addEventListener("blur", () => light(null));
    list.append(html("li", {}, button));
  }
  if (data.regions.length > most) { list.append(html("li", { class: "soft" }, `and ${many(data.regions.length - most, "region")} more`)); }
  return list;
}
