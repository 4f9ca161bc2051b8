// The scale of addresses. A line for 2 GiB of low memory beside a window of TiB would show one of them as a point: every stretch that somebody names
// gets a length that grows with the logarithm of its size, and is linear in itself; what nobody names is a narrow break.
class AddressScale {
  /** Stretches of the first kind divide the line, those of the second divide the stretches. Both are pairs of first and last address. */
  constructor(main, fine) {
    const cuts = edgesOf(main);
    const all = edgesOf([...main, ...fine]);
    const covered = coverage(main, cuts);
    const emphasis = coverage(data.windows.filter(window => window.range).map(window => range(window.range)), cuts);
    const lengths = lengthsOf(cuts, covered, emphasis);
    this.starts = [];
    this.positions = [];
    this.gaps = [];
    this.cuts = cuts;
    let position = 0;
    let next = 0;
    for (let i = 0; i + 1 < cuts.length; i++) {
      if (!covered[i]) { this.gaps.push([cuts[i], cuts[i + 1]]); }
      const inner = [];
      for (; next < all.length && all[next] < cuts[i + 1]; next++) { inner.push(all[next]); }
      const weights = inner.map((start, k) => 1 + bits((inner[k + 1] ?? cuts[i + 1]) - start));
      const whole = weights.reduce((total, weight) => total + weight, 0);
      inner.forEach((start, k) => {
        this.starts.push(start);
        this.positions.push(position);
        position += lengths[i] * weights[k] / whole;
      });
    }
    this.starts.push(cuts[cuts.length - 1]);
    this.positions.push(position);
    this.positions = this.positions.map(at => at / position);
  }

  get end() { return this.starts[this.starts.length - 1]; }

  /** From an address to 0..1. */
  at(address) {
    const i = lastAtOrBelow(this.starts, address);
    if (i < 0) { return 0; }
    if (i >= this.starts.length - 1) { return 1; }
    const part = Number(address - this.starts[i]) / Number(this.starts[i + 1] - this.starts[i]);
    return this.positions[i] + part * (this.positions[i + 1] - this.positions[i]);
  }

  /** Back again. */
  address(position) {
    const i = Math.max(0, Math.min(lastAtOrBelow(this.positions, position), this.starts.length - 2));
    const size = this.starts[i + 1] - this.starts[i];
    const part = (position - this.positions[i]) / (this.positions[i + 1] - this.positions[i]);
    const offset = BigInt(Math.floor(Math.max(0, Math.min(1, part)) * Number(size)));
    return this.starts[i] + (offset < size ? offset : size - 1n);
  }
}

/** Windows are what the page is about: together they have no less than three fifths. */
function lengthsOf(cuts, covered, isWindow) {
  const lengths = cuts.slice(1).map((end, i) => covered[i] ? 2 + bits(end - cuts[i]) : 3);
  const windows = lengths.reduce((total, length, i) => total + (isWindow[i] ? length : 0), 0);
  const others = lengths.reduce((total, length, i) => total + (isWindow[i] ? 0 : length), 0);
  const factor = windows > 0 ? Math.max(1, 1.5 * others / windows) : 1;
  return lengths.map((length, i) => isWindow[i] ? length * factor : length);
}

const range = pair => [BigInt(pair[0]), BigInt(pair[1])];
const bits = size => Math.max(0, Math.log2(Number(size)) - 12);
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

function edgesOf(ranges) {
  const edges = new Set([0n]);
  for (const [first, last] of ranges) { edges.add(first); edges.add(last + 1n); }
  return [...edges].sort(compare);
}

/** Of each stretch between two cuts, whether any range covers it. */
function coverage(ranges, cuts) {
  const covered = new Array(cuts.length).fill(false);
  for (const [first, last] of ranges) {
    for (let i = Math.max(0, lastAtOrBelow(cuts, first)); i + 1 < cuts.length && cuts[i] <= last; i++) {
      if (cuts[i] >= first) { covered[i] = true; }
    }
  }
  return covered;
}

function lastAtOrBelow(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) { low = middle + 1; } else { high = middle; }
  }
  return low - 1;
}
