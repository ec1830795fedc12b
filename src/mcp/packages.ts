// biome-ignore-all lint/performance/noBarrelFile: the one place where the packages of the protocol are imported

/** The MCP SDK. A build replaces this file by a bundle of it, so that nobody has to install it. */
export { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
export { serveStdio } from '@modelcontextprotocol/server/stdio';
