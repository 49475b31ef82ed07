let n=0;
process.on('beforeExit', async (c) => { n++; console.log('beforeExit', n, c); await null; await new Promise(r=>process.nextTick(r)); console.log('after tick', n); if (n===1) setTimeout(()=>console.log('timer'),5); if (n===2) { await new Promise(r=>setImmediate(r)); console.log('immediate'); process.exitCode=4 } });
process.on('exit', (c)=>{ console.log('exit', c); Promise.resolve().then(()=>console.log('promise at exit')) });
setTimeout(()=>console.log('start'),1);
