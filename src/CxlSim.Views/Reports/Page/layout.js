// Where the nodes of the topology stand: a tree from left to right where there is room, an indented list where there is not.
const rowHeight = 24;
const open = new Set();
const closed = new Set();

/** A tree of what is shown: a node whose children are many and alike shows them as one. */
function shownTree(node, path, parent, budget) {
  const made = { node, path, parent, depth: parent ? parent.depth + 1 : 0, children: [], devices: devicesBelow(node) };
  const busy = node.children.filter(child => child.kind !== "function" && (child.children.length > 0 || child.kind === "device"));
  made.empty = node.children.filter(child => child.children.length === 0 && child.kind !== "device" && child.kind !== "function").length;
  made.canFold = busy.length > 0 && (node.kind === "host bridge" || node.kind === "switch");
  made.folded = made.canFold && (closed.has(path) || (!open.has(path) && budget.isTight && made.devices.length > 4));
  if (made.folded) {
    made.children = [{ node: { kind: "group", name: "", label: "", regions: [] }, path: `${path}/*`, parent: made, depth: made.depth + 1, children: [], devices: made.devices, empty: 0 }];
  } else {
    made.children = busy.map((child, index) => shownTree(child, `${path}/${index}`, made, budget));
  }
  return made;
}

function devicesBelow(node) {
  return node.kind === "device" ? [node] : node.children.flatMap(devicesBelow);
}

const regionsBelow = shown => [...new Set(shown.devices.flatMap(device => device.regions))];

function eachShown(shown, act) {
  act(shown);
  shown.children.forEach(child => eachShown(child, act));
}

/** Leaves take a row each, others stand in the middle of theirs. Gives the height, and where the bridges of each NUMA node stand. */
function placeWide(trees, columns) {
  let row = 0;
  const place = shown => {
    if (shown.children.length === 0) {
      shown.y = (row++ + 0.5) * rowHeight;
    } else {
      shown.children.forEach(place);
      shown.y = (shown.children[0].y + shown.children[shown.children.length - 1].y) / 2;
    }
    shown.x = isLast(shown) ? columns.last : columns.at[shown.depth];
  };
  const sockets = [];
  for (const tree of trees) {
    const { node } = tree.node;
    if (node !== undefined && sockets[sockets.length - 1]?.node !== node) {
      sockets.push({ node, top: row * rowHeight });
      row += 0.8;
    }
    place(tree);
    row += trees.length > 12 ? 0 : 0.35;
    if (node !== undefined) { sockets[sockets.length - 1].bottom = row * rowHeight - 2; }
  }
  return { height: Math.ceil(row * rowHeight), sockets };
}

/** Where columns begin, as wide as their words; first with all words, then with names alone. Null where there is no room for either. */
function columnsOf(trees, left, last) {
  for (const isBrief of [false, true]) {
    const widths = [];
    for (const tree of trees) {
      eachShown(tree, shown => {
        if (!isLast(shown)) { widths[shown.depth] = Math.max(widths[shown.depth] ?? 0, 22 + letter * labelOf(shown, isBrief).length); }
      });
    }
    const room = (last - left - 8 - widths.reduce((total, width) => total + width, 0)) / Math.max(1, widths.length);
    if (room >= 20) {
      let x = left + 8;
      return { last, isBrief, at: widths.map(width => { x += width + room; return x - width - room; }) };
    }
  }
  return null;
}

const isLast = shown => shown.node.kind === "device" || shown.node.kind === "group";

function placeNarrow(trees, top) {
  let row = 0;
  const place = shown => {
    shown.y = top + (row++ + 0.5) * rowHeight;
    shown.x = 8 + shown.depth * 16;
    shown.children.forEach(place);
  };
  trees.forEach(place);
  return Math.ceil(top + row * rowHeight);
}

/** Windows stand beside the bridges that they lead to, and give way to one another. Gives the height. */
function placeWindows(windows, bridges) {
  const wanted = windows.map(window => {
    const ys = window.targets.map(name => bridges.get(name)?.y).filter(y => y !== undefined);
    return { window, y: ys.length ? ys.reduce((total, y) => total + y, 0) / ys.length : 0 };
  });
  const room = windows.length > 12 ? rowHeight : 36;
  let free = 12;
  for (const placed of wanted.sort((a, b) => a.y - b.y)) {
    placed.y = Math.max(placed.y, free);
    free = placed.y + room;
  }
  return wanted;
}
