if (process.argv[2]==='child') {
  process.on('message', (m)=>{ if (m==='stop') process.disconnect(); else process.send({got:m}); });
  process.send('ready');
} else {
  const {fork}=require('child_process');
  const c=fork(__filename,['child']);
  c.on('message',m=>{ console.log('parent', m); if(m==='ready') c.send({a:1}); else if (m.got&&m.got.a) c.send('stop'); });
  c.on('disconnect',()=>console.log('disconnect', c.connected));
  c.on('exit',(code,sig)=>console.log('exit',code,sig));
  c.on('close',(code,sig)=>console.log('close',code,sig));
}
