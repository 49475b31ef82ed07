const silent = process.argv[2]==='silent';
if (silent) setInterval(()=>{},1000); else { process.stderr.write('err\n'); process.stdout.write('out\n'); }
if (process.argv[2]==='exit') process.exit(3);
if (process.argv[2]==='sig') process.kill(process.pid,'SIGTERM');
if (process.argv[2]==='wait') setInterval(()=>{},1000);
