// Why memory did not come up: what is stranded, then every refusal in the words of 'cxlsim explain'.
function showRefusals() {
  const stranded = data.capacities.filter(device => BigInt(device.stranded) > 0n);
  if (stranded.length === 0 && data.refusals.length === 0) { return; }
  const host = section("refusals");
  const most = 100;
  for (const device of stranded.slice(0, most)) {
    host.append(html("article", { class: "stranded" },
      html("h3", {}, `${device.device}${device.memdev ? ` (${device.memdev})` : ""}: ${bytes(device.stranded)} of ${bytes(device.size)} stranded`), html("pre", {}, device.parts.join("\n"))));
  }
  if (stranded.length > most) { host.append(html("p", { class: "soft" }, `${many(stranded.length - most, "device")} more have stranded memory.`)); }
  for (const refusal of data.refusals.slice(0, most)) {
    host.append(html("article", { class: "refusal" }, html("h3", { class: refusal.isExpected ? "soft" : null }, refusal.heading), html("pre", {}, refusal.lines.join("\n"))));
  }
  if (data.refusals.length > most) { host.append(html("p", { class: "soft" }, `${many(data.refusals.length - most, "refusal")} more are not shown; cxlsim explain lists them all.`)); }
}
