// CAP listens on every interface; the lab must not be seen from outside.
const { createServer } = require('node:http');
const cds = require('@sap/cds');
const express = require('express');

module.exports = (options) => {
  const app = express();
  app.listen = (port) => createServer(app).listen(port, '127.0.0.1');
  return cds.server({ ...options, app });
};
