process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(`peak_kilobytes=${maxRSS}\n`);
  process.stderr.write(
    `processor_milliseconds=${Math.round((userCPUTime + systemCPUTime) / 1000)}\n`,
  );
});
