// Loaded first into the program that ensure.mjs starts: if ensure.mjs is killed hard, its child must not stay
// behind holding the port. The channel closes with the parent; the program then stops as by Ctrl-C.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
