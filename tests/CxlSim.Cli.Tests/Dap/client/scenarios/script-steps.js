// The cursor in the boot script: a breakpoint in a line, line after line, jump to a line, back to the line before.
'use strict';
const assert = require('node:assert/strict');

module.exports = async adapter => {
    const { client } = adapter;
    await adapter.launch();
    const { source, lines } = await adapter.script();
    const probe = lines.findIndex(line => line.includes('cxl_pci_probe')) + 1;
    const { breakpoints } = (await client.setBreakpointsRequest({ source, breakpoints: [{ line: probe }] })).body;
    assert.deepEqual(breakpoints.map(({ verified, line }) => ({ verified, line })), [{ verified: true, line: probe }]);

    const hit = await adapter.move('continue');
    assert.equal(hit.reason, 'breakpoint');
    let [top] = await adapter.frames();
    assert.equal(top.line, probe);
    assert.match(top.name, /^cxl_pci_probe 0000:11:00\.0/);

    let last = probe;
    for (let i = 0; i < 5; i++) {
        await adapter.move('stepIn');
        [top] = await adapter.frames();
        assert.ok(top.line > last, `line ${top.line} follows ${last}`);
        last = top.line;
    }

    await adapter.move('stepBack');
    [top] = await adapter.frames();
    assert.ok(top.line < last);

    const memdev = lines.findIndex(line => /created .*\/mem0$/.test(line)) + 1;
    const { targets } = (await client.gotoTargetsRequest({ source, line: memdev })).body;
    await adapter.move('goto', { targetId: targets[0].id });
    assert.equal((await adapter.evaluate('mem0/ram/size')).result, '0x40000000');
    const { breakpoints: locations } = (await client.customRequest('breakpointLocations', { source: { path: adapter.platform }, line: 1, endLine: 99 })).body;
    assert.deepEqual(locations.map(({ line }) => line), [2, 3, 5, 6, 7]);
    await client.disconnectRequest();
};
