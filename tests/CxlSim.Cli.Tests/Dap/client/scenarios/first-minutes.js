// What an editor does first: breakpoints in the platform file, the stack, scopes, variables, evaluation, steps in both directions.
'use strict';
const assert = require('node:assert/strict');

module.exports = async adapter => {
    const { client, platform } = adapter;
    let set;
    const entry = await adapter.launch({}, async () => {
        const response = await client.setBreakpointsRequest({ source: { path: platform }, breakpoints: [{ line: 3 }, { line: 4 }] });
        set = response.body.breakpoints;
    });
    assert.equal(entry.reason, 'entry');
    assert.deepEqual(set.map(({ verified, line }) => ({ verified, line })), [{ verified: true, line: 3 }, { verified: true, line: 3 }], 'a line belongs to what begins before it');

    // The window takes part: its root decoder is created.
    const hit = await adapter.move('continue');
    assert.equal(hit.reason, 'breakpoint');
    assert.deepEqual(hit.hitBreakpointIds, set.map(({ id }) => id));
    const frames = await adapter.frames();
    assert.equal(frames[0].source.path, platform);
    assert.equal(frames[0].line, 3);
    assert.deepEqual(frames.slice(1).map(({ name }) => name), ['cxl_acpi_probe ACPI0017:00', 'do_init_module cxl_acpi', 'DriverProbe, thread boot']);
    const { lines } = await adapter.script();
    assert.match(lines[frames[1].line - 1], /created .*decoder0\.0/);
    assert.match(lines[frames[2].line - 1], /do_init_module cxl_acpi +kernel\/module\/main\.c/);
    assert.match(lines[frames[3].line - 1], /^DriverProbe/);

    // Scopes, variables, names and addresses.
    const scopes = await adapter.scopes();
    assert.deepEqual(Object.keys(scopes).slice(0, 1), ['ACPI0017:00']);
    const machine = await adapter.variables(scopes.Machine);
    assert.equal(machine.phase.value, 'DriverProbe');
    assert.ok((await adapter.variables(scopes.iomem))['0x1000000000-0x103fffffff'].value.startsWith('CXL Window 0'));
    assert.equal((await adapter.variables(scopes.Devices)).card.memoryReference, 'card:0x0');
    assert.equal((await adapter.evaluate('decoder0.0/interleave_ways')).result, '1');
    assert.match((await adapter.evaluate('info phases', 'repl')).result, /> DriverProbe since/);
    const { targets } = (await client.completionsRequest({ text: 'break decoder0', column: 15 })).body;
    assert.deepEqual(targets, [{ label: 'decoder0.0', start: 7, length: 8 }]);
    const object = await adapter.evaluate('decoder0.0');
    assert.equal((await adapter.variables(object.variablesReference)).size.value, '0x40000000');

    // One step there, one back: the same place.
    const before = await adapter.evaluate('event');
    await adapter.move('stepIn', { granularity: 'instruction' });
    assert.notEqual((await adapter.evaluate('event')).result, before.result);
    await adapter.move('stepBack', { granularity: 'instruction' });
    assert.equal((await adapter.evaluate('event')).result, before.result);
    await adapter.move('next');
    await adapter.move('reverseContinue');
    assert.equal((await adapter.evaluate('event')).result, before.result);
    assert.equal((await adapter.frames())[0].line, 3);

    // Out of the probe, and to the end. The kernel's log came as output.
    await client.setBreakpointsRequest({ source: { path: platform }, breakpoints: [] });
    await adapter.move('stepOut');
    assert.equal((await adapter.move('reverseContinue')).reason, 'entry', 'without breakpoints it goes to the power-on');
    assert.equal((await adapter.move('continue')).reason, 'pause');
    assert.match(adapter.output, /Linux version 6\.12/);
    assert.equal(adapter.output.match(/Linux version/g).length, 1, 'what was said is not said again after going back');
    const ended = client.waitForEvent('terminated');
    await client.continueRequest({ threadId: 1 });
    await ended;
    await client.disconnectRequest();
};
