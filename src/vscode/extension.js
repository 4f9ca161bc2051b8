// Starts the debug adapter, `cxlsim dap`, for sessions of the type cxlsim.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const built = ['release', 'debug'].map(configuration => path.join(__dirname, '..', '..', 'artifacts', 'bin', 'CxlSim.Cli', configuration, 'cxlsim'));

/** The user's choice, else what was built in this checkout last, else the search path's. */
function program() {
    const chosen = vscode.workspace.getConfiguration('cxlsim').get('path');
    if (chosen) {
        return chosen;
    }

    const [newest] = built.filter(file => fs.existsSync(file)).sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
    return newest ?? 'cxlsim';
}

exports.activate = context => {
    context.subscriptions.push(
        vscode.debug.registerDebugAdapterDescriptorFactory('cxlsim', {
            createDebugAdapterDescriptor: () => new vscode.DebugAdapterExecutable(program(), ['dap']),
        }),
        // Starting without a launch configuration boots the file that is open.
        vscode.debug.registerDebugConfigurationProvider('cxlsim', {
            resolveDebugConfiguration: (folder, configuration) => configuration.type ? configuration
                : { type: 'cxlsim', request: 'launch', name: 'Boot this platform', platform: '${file}' },
        }));
};
