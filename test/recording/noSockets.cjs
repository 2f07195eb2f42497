// Loaded before a program that must not connect anywhere.
const net = require('node:net');
const { writeSync } = require('node:fs');
net.Socket.prototype.connect = () => {
	writeSync(2, 'a socket was opened\n');
	process.exit(9);
};
