process.on('exit', () => {
  process.stderr.write(`peak_kilobytes=${process.resourceUsage().maxRSS}\n`);
});
