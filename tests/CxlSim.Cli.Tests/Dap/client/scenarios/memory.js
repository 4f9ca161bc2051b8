// Memory: read and written by address and by device, watched, and the tables that firmware left in it.
'use strict';
const assert = require('node:assert/strict');

const bytes = body => Buffer.from(body.data, 'base64').toString('hex');

module.exports = async adapter => {
    const { client } = adapter;
    await adapter.launch();
    const info = (await client.dataBreakpointInfoRequest({ name: '0x1000000100', asAddress: true, bytes: 8 })).body;
    assert.equal(info.dataId, 'hpa 0x1000000100+8');
    const { breakpoints } = (await client.setDataBreakpointsRequest({ breakpoints: [{ dataId: info.dataId, accessType: 'write' }] })).body;
    assert.equal(breakpoints[0].verified, true);

    // The second step of the file stores there.
    const hit = await adapter.move('continue');
    assert.equal(hit.reason, 'data breakpoint');
    assert.match(hit.text, /^store 0x1000000100 8 bytes \(card dpa 0x100\)/);
    assert.equal((await adapter.frames())[0].name.startsWith('step in line 6 of '), true);
    assert.equal(bytes((await client.send('readMemory', { memoryReference: '0x1000000100', count: 8 })).body), '4433221100000000');
    assert.equal(bytes((await client.send('readMemory', { memoryReference: 'card:0x0', offset: 256, count: 4 })).body), '44332211');

    // Written, and read again; going back and on meets it anew.
    const moved = client.waitForEvent('stopped');
    assert.equal((await client.send('writeMemory', { memoryReference: '0x1000000200', data: Buffer.from('cafe', 'hex').toString('base64') })).body.bytesWritten, 2);
    await moved;
    assert.equal(bytes((await client.send('readMemory', { memoryReference: 'card:0x200', count: 2 })).body), 'cafe');
    await adapter.refused('writeMemory', { memoryReference: 'card:0x200', data: 'yv4=' }, /read only/);
    await adapter.refused('writeMemory', { memoryReference: '0xfffff0000000', data: 'yv4=' }, /nothing answers there/);

    // Registers, field by field; one is set as software would, and the hardware keeps what is locked to it.
    const units = await adapter.variables((await adapter.scopes()).Registers);
    const blocks = await adapter.variables(units.card.variablesReference);
    const header = await adapter.variables(Object.values(blocks)[0].variablesReference);
    assert.equal(header['Vendor ID'].value, '0x8086');
    const command = await adapter.variables(header.Command.variablesReference);
    assert.equal(command['Memory Space'].value, '1');
    const changed = client.waitForEvent('stopped');
    assert.equal((await client.setVariableRequest({ variablesReference: Object.values(blocks)[0].variablesReference, name: 'Vendor ID', value: '0' })).body.value, '0x8086');
    await changed;

    // Behind the window nothing answers.
    const beyond = (await client.send('readMemory', { memoryReference: '0x103fffffc0', count: 128 })).body;
    assert.equal(Buffer.from(beyond.data, 'base64').length, 64);
    assert.equal(beyond.unreadableBytes, 64);

    // A table, field by field, with the line of the file that states it.
    const [top] = await adapter.frames();
    const { instructions } = (await client.disassembleRequest({ memoryReference: top.instructionPointerReference, instructionOffset: -1, instructionCount: 500 })).body;
    assert.equal(instructions.length, 500);
    const base = instructions.find(({ instruction }) => /^CXL Fixed Memory Window.*Base HPA/.test(instruction));
    assert.equal(base.instructionBytes, '00 00 00 00 10 00 00 00');
    assert.equal(base.line, 3);
    await client.disconnectRequest();
};
