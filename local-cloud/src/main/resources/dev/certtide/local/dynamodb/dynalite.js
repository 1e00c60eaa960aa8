// Runs dynalite for LocalCloud: on loopback, at a port of the system's choice, which is printed. It is a child that
// must not outlive its parent: when stdin ends, however the parent went, it exits.
const dynalite = require('dynalite');

const { Level } = require('level');
const { setTimeout: pause } = require('node:timers/promises');

const folder = process.argv[1] || undefined;

// The child of a parent that was killed a moment ago may still hold the folder.
async function untilFree() {
  for (let tries = 0; ; tries++) {
    const store = new Level(folder);
    try {
      await store.open();
      return await store.close();
    } catch (error) {
      if (tries === 100 || !error.cause || error.cause.code !== 'LEVEL_LOCKED') throw error;
      await pause(50);
    }
  }
}

// dynalite throws when a client goes away in the middle of a request; that must not end everybody's database.
process.on('uncaughtException', (error) => {
  if (error && (error.code === 'ECONNRESET' || error.code === 'ECONNABORTED' || error.message === 'aborted')) return;
  console.error(error);
  process.exit(1);
});

// Ctrl-C reaches the whole process group; the parent decides when the database goes.
process.on('SIGINT', () => {});

process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();

(folder ? untilFree() : Promise.resolve()).then(() => {
  const server = dynalite({ path: folder, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  // Clients keep connections for long, and a close under their hands looks like a failure.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
});
