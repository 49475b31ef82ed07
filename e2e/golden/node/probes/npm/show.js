const { npm_lifecycle_event: event, npm_package_name: name, npm_package_version: version } = process.env;
console.log(process.argv.slice(2), event, name, version);
console.log(process.env.npm_lifecycle_script, process.env.PATH.split(':').some((part) => part.endsWith('node_modules/.bin')));
console.log(process.env.INIT_CWD === process.cwd(), /^npm\//.test(process.env.npm_config_user_agent));
