// Restart with other settings keeps the breakpoints; terminate and disconnect end.
'use strict';
const assert = require('node:assert/strict');

module.exports = async adapter => {
    const { client } = adapter;
    await adapter.launch({ stopOnEntry: false }, () => client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'Running' }] }));
    assert.equal((await adapter.evaluate('phase')).result, 'Running');
    assert.equal((await adapter.evaluate('mem0/ram/size')).result, '0x40000000');

    const changed = client.waitForEvent('breakpoint');
    const stopped = client.waitForEvent('stopped');
    await client.restartRequest({ arguments: { platform: adapter.platform, set: ['devices.card.volatile=512MiB'], stopOnEntry: false } });
    assert.equal((await changed).body.breakpoint.verified, true);
    assert.equal((await stopped).body.reason, 'function breakpoint');
    assert.equal((await adapter.evaluate('mem0/ram/size')).result, '0x20000000');

    // Restart without arguments takes those of the last.
    const again = client.waitForEvent('stopped');
    await client.restartRequest({});
    await again;
    assert.equal((await adapter.evaluate('mem0/ram/size')).result, '0x20000000');
    await adapter.refused('restart', { arguments: { platform: '/nowhere.yaml' } }, /CXP0001/);
    assert.equal((await adapter.evaluate('mem0/ram/size')).result, '0x20000000', 'a restart that cannot be leaves the machine as it was');

    const ended = client.waitForEvent('terminated');
    await client.terminateRequest();
    await ended;
    await client.disconnectRequest();
};
