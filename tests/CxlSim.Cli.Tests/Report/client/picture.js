// Takes a picture of a report as the README shows it, and says how far another picture is from it.
//
//   picture.js FILE WRITTEN SHOWN
//
// Writes the picture to WRITTEN, and prints what share of SHOWN looks otherwise: of cells of 16 x 16 pixels, in grey, those that differ by more than an eighth.
"use strict";
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");

const [, , file, written, shown] = process.argv;
const size = { width: 1280, height: 1040 };
const asUrl = picture => `data:image/png;base64,${fs.readFileSync(picture).toString("base64")}`;

/** Runs in the page: the greys of a picture's cells, and how large the picture is. */
const cells = async url => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width / 16;
  canvas.height = image.height / 16;
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const greys = [];
  for (let i = 0; i < data.length; i += 4) { greys.push((data[i] + data[i + 1] + data[i + 2]) / 3); }
  return { greys, width: image.width, height: image.height };
};

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"], headless: true });
  try {
    const page = await browser.newPage();
    await page.setViewport(size);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await page.goto(`file://${path.resolve(file)}`);
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.screenshot({ path: written });

    const blank = await browser.newPage(); // the report itself takes no images
    const now = await blank.evaluate(cells, asUrl(written));
    const before = await blank.evaluate(cells, asUrl(shown));
    const other = now.greys.filter((grey, i) => !(Math.abs(grey - before.greys[i]) <= 32)).length;
    console.log(JSON.stringify({ width: before.width, height: before.height, share: other / now.greys.length }));
  } finally {
    await browser.close();
  }
})().catch(error => {
  console.error(error);
  process.exit(1);
});
