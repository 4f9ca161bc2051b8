// What all drawings use: elements, words for sizes and times, the colours of regions, and the tip at the pointer.
const data = JSON.parse(document.getElementById("data").textContent);
const byName = new Map(data.regions.map(region => [region.name, region]));

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== null && value !== false) { made.setAttribute(name, value); }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const html = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const draw = (name, attributes, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
const text = (x, y, words, attributes) => draw("text", { x, y, ...attributes }, words);

function bytes(value) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let left = BigInt(value);
  let unit = 0;
  while (left !== 0n && left % 1024n === 0n && unit < units.length - 1) { left /= 1024n; unit++; }
  for (; left >= 10240n && unit < units.length - 1; unit++) { left /= 1024n; } // too odd a number to read: what is left over is left out
  return `${left}\u00a0${units[unit]}`;
}

const hex = value => "0x" + value.toString(16);
const sizeOf = range => BigInt(range[1]) - BigInt(range[0]) + 1n;
const count = number => number.toLocaleString("en-US");
const many = (number, word) => `${count(number)} ${word}${number === 1 ? "" : "s"}`;
const sum = values => values.reduce((total, value) => total + BigInt(value), 0n);

function duration(picoseconds) {
  const units = [[1e12, "s"], [1e9, "ms"], [1e6, "µs"], [1e3, "ns"]];
  const [size, name] = units.find(([size]) => picoseconds >= size) ?? [1e3, "ns"];
  return `${+(picoseconds / size).toPrecision(4)} ${name}`;
}

const clock = picoseconds => `${(picoseconds / 1e12).toFixed(6)} s`;

/** Width of a letter in a drawing: all have the same. */
const letter = 6.7;

/** Cuts words so that they fit into a width of pixels. */
function fit(words, width) {
  const most = Math.floor(width / letter);
  return words.length <= most ? words : most < 3 ? "" : words.slice(0, most - 1) + "…";
}

/** A few hues that are easy to tell apart; then any others. */
const firstHues = [250, 55, 150, 335, 100, 200, 300, 20];
const hues = new Map(data.regions.map((region, index) => [region.name, firstHues[index] ?? Math.round(index * 137.5) % 360]));

/** Gives an element the colour of a region, and lights the region up everywhere while the element is looked at. */
function paint(element, region) {
  if (!hues.has(region)) { return element; }
  element.classList.add("region");
  element.dataset.region = region;
  element.style.setProperty("--hue", hues.get(region));
  element.addEventListener("pointerenter", () => light(region));
  element.addEventListener("pointerleave", () => light(null));
  return element;
}

function light(region) {
  document.body.classList.toggle("dimmed", region !== null);
  for (const lit of document.querySelectorAll(".hot")) { lit.classList.remove("hot"); }
  if (region !== null) {
    for (const found of document.querySelectorAll(`[data-region="${CSS.escape(region)}"]`)) { found.classList.add("hot"); }
  }
}

const tip = document.getElementById("tip");

function showTip(words, x, y) {
  tip.textContent = words;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - box.width - 8))}px`;
  tip.style.top = `${y + 18 + box.height > innerHeight ? Math.max(8, y - box.height - 10) : y + 18}px`;
}

const hideTip = () => { tip.hidden = true; };
addEventListener("keydown", event => { if (event.key === "Escape") { hideTip(); light(null); } });
addEventListener("scroll", hideTip, { passive: true });

/** Words that appear where the pointer or the keyboard comes to an element. */
function tell(element, words) {
  element.addEventListener("pointermove", event => showTip(words, event.clientX, event.clientY));
  element.addEventListener("pointerleave", hideTip);
  element.addEventListener("focus", () => {
    const box = element.getBoundingClientRect();
    showTip(words, box.left, box.bottom - 12);
  });
  element.addEventListener("blur", hideTip);
  return element;
}

function section(name) {
  const found = document.getElementById(name);
  found.hidden = false;
  return found;
}

/** Calls a drawing with its width, now and whenever that changes; never with one in which nothing can be drawn. */
function whenSized(element, redraw) {
  let last = 0;
  const check = () => {
    const width = Math.floor(element.clientWidth);
    if (width >= 100 && width !== last) { last = width; redraw(width); }
  };
  new ResizeObserver(check).observe(element);
  check();
}
