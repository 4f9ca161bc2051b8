// The page, from top to bottom; the summary last, because it names the sections that there are.
showTopology();
showAddresses();
showDecoders();
showTimeline();
showMemory();
showRefusals();
showCurves();
showSummary();
addEventListener("beforeprint", () => { for (const details of document.querySelectorAll("#decoders details")) { details.open = true; } });
