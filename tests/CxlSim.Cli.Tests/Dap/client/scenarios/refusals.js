// Refusals are an editor's exceptions; attributes are set as what-ifs, and the story goes on differently.
'use strict';
const assert = require('node:assert/strict');

module.exports = async adapter => {
    const { client } = adapter;
    await adapter.launch({}, () => client.setExceptionBreakpointsRequest({ filters: [], filterOptions: [{ filterId: 'refused', condition: 'EINVAL, EBUSY' }] }));

    // The last step writes to a region that is committed.
    const hit = await adapter.move('continue');
    assert.equal(hit.reason, 'exception');
    const info = (await client.exceptionInfoRequest({ threadId: 1 })).body;
    assert.equal(info.exceptionId, 'EBUSY');
    assert.match(info.details.message, /^CXK\d{4} /);

    // Functions by name, with a condition and a number of hits.
    const { breakpoints } = (await client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'memory_block_online', hitCondition: '== 3' }, { name: 'log /(/' }] })).body;
    assert.deepEqual(breakpoints.map(({ verified }) => verified), [true, false]);
    assert.match(breakpoints[1].message, /regular expression/);
    const function1 = await adapter.move('reverseContinue');
    assert.equal(function1.reason, 'function breakpoint');
    assert.deepEqual(function1.hitBreakpointIds, [breakpoints[0].id]);
    assert.equal(function1.text, 'memory_block_online memory514', 'the third of the eight blocks from memory512 on');

    // Offline again, and what follows is another story.
    await client.setFunctionBreakpointsRequest({ breakpoints: [] });
    await client.setExceptionBreakpointsRequest({ filters: [] });
    await adapter.move('continue');
    const block = await adapter.evaluate('memory512');
    const answer = client.waitForEvent('stopped');
    assert.equal((await adapter.variables(block.variablesReference)).state.value, 'online');
    const set = (await client.setVariableRequest({ variablesReference: block.variablesReference, name: 'state', value: 'offline' })).body;
    assert.equal(set.value, 'offline');
    await answer;
    assert.equal((await adapter.evaluate('memory512/state')).result, 'offline');
    const again = await adapter.evaluate('memory512');
    await adapter.refused('setVariable', { variablesReference: again.variablesReference, name: 'phys_index', value: '1' }, /cannot be set/);
    await client.disconnectRequest();
};
