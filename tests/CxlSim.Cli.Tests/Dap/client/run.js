// Runs one scenario against the adapter: node run.js PROGRAM SCENARIO PLATFORM. Exit code 0 and "ok" where all held.
'use strict';
const path = require('node:path');
const { Adapter } = require('./adapter.js');

const [program, scenario, platform] = process.argv.slice(2);

(async () => {
    const adapter = new Adapter(program, path.resolve(platform));
    await adapter.client.start();
    await require(`./scenarios/${scenario}.js`)(adapter);
    console.log('ok'); // a promise that nobody keeps ends node without an error: this line is what counts
    process.exit(0);
})().catch(error => {
    console.log(error.stack);
    process.exit(1);
});
