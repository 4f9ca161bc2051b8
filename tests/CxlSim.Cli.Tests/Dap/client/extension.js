// Loads the editor's extension with a stand-in for the editor, starts the adapter as it says, and launches with its first configuration: node extension.js FOLDER PROGRAM PLATFORM.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { DebugClient } = require('@vscode/debugadapter-testsupport');

const [folder, program, platform] = process.argv.slice(2);
const factories = {};
const providers = {};
let chosen = program;
const editor = {
    workspace: { getConfiguration: section => ({ get: name => (assert.equal(`${section}.${name}`, 'cxlsim.path'), chosen) }) },
    debug: {
        registerDebugAdapterDescriptorFactory: (type, factory) => (factories[type] = factory),
        registerDebugConfigurationProvider: (type, provider) => (providers[type] = provider),
    },
    DebugAdapterExecutable: class { constructor(command, args) { Object.assign(this, { command, args }); } },
};
const load = Module._load;
Module._load = (name, ...more) => name === 'vscode' ? editor : load(name, ...more);

(async () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json')));
    const context = { subscriptions: [] };
    require(path.join(folder, manifest.main)).activate(context);
    assert.equal(context.subscriptions.length, 2);
    const [contributed] = manifest.contributes.debuggers;
    for (const { path: file } of manifest.contributes.grammars) {
        JSON.parse(fs.readFileSync(path.join(folder, file)));
    }

    for (const { url } of manifest.contributes.yamlValidation) {
        assert.ok(JSON.parse(fs.readFileSync(path.join(folder, url))).properties.host_bridges);
    }

    const { command, args } = factories[contributed.type].createDebugAdapterDescriptor();
    assert.equal(command, program);
    chosen = '';
    assert.match(factories[contributed.type].createDebugAdapterDescriptor().command, /cxlsim$/);
    const configuration = providers[contributed.type].resolveDebugConfiguration(undefined, {});
    assert.deepEqual(configuration, contributed.initialConfigurations[0]);

    // Each attribute that the editor offers is one that the adapter looks at: with another type it is refused.
    const client = new DebugClient(command, args[0], contributed.type);
    client.defaultTimeout = 60000;
    await client.start();
    await client.initializeRequest();
    for (const [name, { type }] of Object.entries(contributed.configurationAttributes.launch.properties)) {
        await assert.rejects(client.launchRequest({ platform, [name]: type === 'boolean' ? 'x' : true }), new RegExp(`found another '${name}'`));
    }

    await Promise.all([client.waitForEvent('initialized').then(() => client.configurationDoneRequest()), client.launchRequest({ ...configuration, platform }), client.waitForEvent('stopped')]);
    console.log('ok');
    process.exit(0);
})().catch(error => {
    console.log(error.stack);
    process.exit(1);
});
