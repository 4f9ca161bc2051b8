// Requests that make no sense are refused with a message, and the session goes on.
'use strict';
const assert = require('node:assert/strict');

module.exports = async adapter => {
    const { client, platform } = adapter;
    await client.initializeRequest();
    await adapter.refused('continue', { threadId: 1 }, /nothing is launched yet/);
    await adapter.refused('configurationDone', {}, /nothing is launched yet/);
    await adapter.refused('attach', {}, /nothing to attach to/);
    await adapter.refused('launch', {}, /found no 'platform'/);
    await adapter.refused('launch', { platform: 7 }, /found another 'platform'; expected a text/);
    await adapter.refused('launch', { platform, set: 'x' }, /found another 'set'; expected a list/);
    await adapter.refused('launch', { platform: '/nowhere.yaml' }, /CXP0001/);
    await adapter.launch();
    await adapter.refused('launch', { platform }, /launched already/);
    await adapter.refused('configurationDone', {}, /done already/);
    await adapter.refused('fly', {}, /found the request 'fly'; expected one of/);
    await adapter.refused('stackTrace', { threadId: 9 }, /found the thread 9/);
    await adapter.refused('scopes', { frameId: 99 }, /found the frame 99/);
    await adapter.refused('variables', { variablesReference: 99 }, /found the reference 99/);
    await adapter.refused('source', { sourceReference: 99 }, /found the source 99/);
    await adapter.refused('goto', { threadId: 1, targetId: 99999 }, /found the target 99999/);
    await adapter.refused('evaluate', { expression: 'nothing', context: 'hover' }, /found 'nothing'/);
    await adapter.refused('evaluate', { expression: 'stpe', context: 'repl' }, /the nearest is 'step'/);
    await adapter.refused('readMemory', { memoryReference: 'zz', count: 1 }, /found the memory reference 'zz'/);
    await adapter.refused('readMemory', { memoryReference: '0x0', count: -1 }, /found -1 bytes/);
    await adapter.refused('setExceptionBreakpoints', { filters: ['sometimes'] }, /found the filter 'sometimes'/);
    await adapter.refused('setDataBreakpoints', { breakpoints: [{ dataId: 'hpa 0x0+1', accessType: 'often' }] }, /found the access type 'often'/);
    await adapter.refused('exceptionInfo', { threadId: 1 }, /nothing was refused here/);
    const other = (await client.setBreakpointsRequest({ source: { path: '/other.yaml' }, breakpoints: [{ line: 1 }] })).body.breakpoints;
    assert.equal(other[0].verified, false);
    assert.match(other[0].message, /this machine comes from/);
    assert.equal((await adapter.evaluate('phase')).result, 'PowerOn');
    await client.disconnectRequest();
};
