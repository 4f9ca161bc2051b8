'use strict';
const assert = require('node:assert/strict');
const { DebugClient } = require('@vscode/debugadapter-testsupport');

/** The test client with what every scenario does. */
class Adapter {
    constructor(program, platform) {
        this.platform = platform;
        this.client = new DebugClient(program, 'dap', 'cxlsim');
        this.client.defaultTimeout = 60000; // milliseconds; a machine that builds and tests is slow
        this.output = '';
        this.client.on('output', event => { this.output += event.body.output; });
    }

    /** Launches the platform, sets what is wanted before the machine starts, and waits until it stands. */
    async launch(settings = {}, configure = async () => { }) {
        const configured = this.client.waitForEvent('initialized').then(() => configure()).then(() => this.client.configurationDoneRequest());
        const [stopped] = await Promise.all([this.client.waitForEvent('stopped'), this.client.launch({ platform: this.platform, ...settings }), configured]);
        return stopped.body;
    }

    /** Sends a request that moves the machine, and waits until it stands again. */
    async move(command, more = {}) {
        const [stopped] = await Promise.all([this.client.waitForEvent('stopped'), this.client.send(command, { threadId: 1, ...more })]);
        return stopped.body;
    }

    async frames() {
        return (await this.client.stackTraceRequest({ threadId: 1 })).body.stackFrames;
    }

    async scopes() {
        const [top] = await this.frames();
        const { scopes } = (await this.client.scopesRequest({ frameId: top.id })).body;
        return Object.fromEntries(scopes.map(scope => [scope.name, scope.variablesReference]));
    }

    async variables(reference) {
        const { variables } = (await this.client.variablesRequest({ variablesReference: reference })).body;
        return Object.fromEntries(variables.map(variable => [variable.name, variable]));
    }

    async evaluate(expression, context = 'watch') {
        return (await this.client.evaluateRequest({ expression, context })).body;
    }

    /** The boot as the adapter writes it, line by line. */
    async script() {
        const { sources } = (await this.client.customRequest('loadedSources')).body;
        const source = sources.find(candidate => candidate.sourceReference);
        const { content } = (await this.client.sourceRequest({ source, sourceReference: source.sourceReference })).body;
        return { source, lines: content.split('\n') };
    }

    /** The request must be refused, with a message that matches. */
    async refused(command, more, message) {
        await assert.rejects(this.client.send(command, more), error => {
            assert.match(error.message, message);
            return true;
        });
    }
}

module.exports = { Adapter };
