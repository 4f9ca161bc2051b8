// Opens a report as a reader does, in a narrow and a wide window, light and dark; points, zooms, types and presses keys; prints what was seen.
//
//   look.js FILE
"use strict";
const path = require("path");
const puppeteer = require("puppeteer-core");

const [, , file] = process.argv;
const seen = { messages: [], requests: [] };

async function open(browser, width, scheme) {
  const page = await browser.newPage();
  page.on("console", message => seen.messages.push(message.text()));
  page.on("pageerror", error => seen.messages.push(String(error)));
  page.on("request", request => seen.requests.push(request.url()));
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(`file://${path.resolve(file)}`);
  await settled(page); // what depends on the width is drawn with the first frame
  return page;
}

const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
const paper = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const settled = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));

const counts = page => page.evaluate(() => {
  const number = selector => document.querySelectorAll(selector).length;
  const kinds = {};
  for (const node of document.querySelectorAll("#topology .node")) { kinds[node.dataset.kind] = (kinds[node.dataset.kind] ?? 0) + 1; }
  const levels = {};
  for (const level of document.querySelectorAll("#decoders details")) { levels[level.dataset.level] = level.querySelectorAll("tbody tr").length; }
  return {
    title: document.title,
    heading: document.querySelector("h1").textContent,
    summary: document.querySelector("#summary p").textContent,
    sections: [...document.querySelectorAll("main > section:not([hidden])")].map(section => section.id),
    nodes: kinds,
    windows: number("#topology .window"),
    labels: [...document.querySelectorAll("#topology .node text")].map(label => label.textContent),
    lanes: [...document.querySelectorAll("#addresses .lane")].map(lane => lane.textContent),
    regions: number("#summary .legend .region"),
    levels,
    ways: number("#topology .edge.region"),
    ribbons: number("#addresses .ribbon"),
    devices: number("#addresses [data-memdev]"),
    spans: number("#timeline .span"),
    unfinished: number("#timeline .span.open"),
    phases: number("#timeline .part"),
    blocks: [...document.querySelectorAll("#memory .grid")].map(grid => [...grid.querySelectorAll(".cell")].reduce((sum, cell) => sum + Number(cell.dataset.blocks), 0)),
    zones: number("#memory table tbody tr"),
    refusals: [...document.querySelectorAll("#refusals .refusal pre")].map(refusal => refusal.textContent),
    stranded: number("#refusals .stranded"),
    curves: [...document.querySelectorAll("#curves [data-curve]")].map(curve => `${curve.dataset.curve}: ${curve.querySelectorAll(".point").length}`),
    scripts: document.scripts.length,
    elements: document.querySelectorAll("*").length,
  };
});

const view = page => page.$eval("#addresses .strip", strip => strip.dataset.view.split(" ").map(Number));
const readout = page => page.$eval("#addresses .readout", found => found.textContent);

async function zoom(page) {
  const views = { first: await view(page) };
  await page.$eval("#addresses .strip", strip => strip.scrollIntoView({ block: "center" }));
  const box = await (await page.$("#addresses .strip")).boundingBox();
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60);
  views.pointed = await readout(page);
  await page.mouse.wheel({ deltaY: -100 });
  await settled(page);
  views.wheel = await view(page);
  await page.click("#addresses button[title='Zoom in']");
  views.button = await view(page);
  await page.focus("#addresses .strip");
  await page.keyboard.press("ArrowRight");
  views.moved = await view(page);
  await page.keyboard.press("-");
  views.key = await view(page);
  await page.keyboard.press("0");
  views.all = await view(page);
  return views;
}

/** Types an address and goes in until pieces of an interleave are to be seen. */
async function type(page, address) {
  await page.type("#address", `${address}\n`);
  await settled(page);
  const told = await readout(page);
  await page.focus("#addresses .strip");
  let pieces = 0;
  for (let press = 0; press < 60 && pieces === 0; press++) {
    await page.keyboard.press("+");
    pieces = await page.$$eval("#addresses .piece", found => found.length);
  }
  await page.keyboard.press("0");
  return { told, pieces };
}

/** What the tip says where the pointer comes to, and whether the region lights up elsewhere. */
async function point(page) {
  const bar = await page.$("#addresses .bar.region");
  if (!bar) { return null; }
  await bar.hover();
  const told = await page.$eval("#tip", tip => tip.hidden ? "" : tip.textContent);
  const lit = await page.$$eval("#topology .hot", found => found.length);
  await page.keyboard.press("Escape");
  return { told, lit, isGone: await page.$eval("#tip", tip => tip.hidden) };
}

/** Comes to the first bridge by the Tab key alone, and folds it. */
async function press(page) {
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await page.click("h1");
  const at = () => page.evaluate(() => document.activeElement?.getAttribute("aria-expanded") ?? null);
  for (let tab = 0; tab < 100 && await at() === null; tab++) { await page.keyboard.press("Tab"); }
  const before = await at();
  const nodes = () => page.$$eval("#topology .node", found => found.length);
  const shown = await nodes();
  await page.keyboard.press("Enter");
  return { before, after: await at(), shown, left: await nodes() };
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"], headless: true });
  try {
    const narrow = await open(browser, 360, "dark");
    seen.narrow = { overflow: await overflow(narrow), paper: await paper(narrow), ...await counts(narrow) };
    const wide = await open(browser, 1920, "light");
    seen.wide = { overflow: await overflow(wide), paper: await paper(wide), ...await counts(wide) };
    seen.zoom = await zoom(wide);
    const start = await wide.evaluate(() => JSON.parse(document.getElementById("data").textContent).regions.find(region => region.turns)?.decoded[0] ?? null);
    seen.typed = start === null ? null : await type(wide, start);
    seen.pointed = await point(wide);
    seen.pressed = await press(wide);
    await wide.emulateMediaType("print");
    await wide.setViewport({ width: 720, height: 1000 }); // a sheet of A4 between its margins
    await settled(wide);
    seen.printed = { overflow: await overflow(wide), tools: await wide.$$eval(".tools", found => found.filter(tool => tool.offsetHeight > 0).length) };
    console.log(JSON.stringify(seen));
  } finally {
    await browser.close();
  }
})().catch(error => {
  console.error(error);
  process.exit(1);
});
