//! Runs the loops by turns and compares them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Setting;

/// The last one only if it is asked for.
const LOOPS: [&str; 4] = ["download", "import", "write", "parallel"];

/// What one run of a loop cost.
struct Run {
    /// People; for the loop that only downloads, bytes.
    people: u64,
    wall: Duration,
    cpu: u64,
    peak: u64,
}

/// Measures, and prints a table.
///
/// # Errors
///
/// A sentence, if a process cannot be started or a loop fails.
pub fn run(setting: &Setting) -> Result<(), String> {
    let (mut server, url) = start(setting)?;
    let loops = if setting.parallel > 0 { LOOPS.len() } else { LOOPS.len() - 1 };
    let mut runs: [Vec<Run>; LOOPS.len()] = Default::default();
    let measured = (0..setting.runs).try_for_each(|_| {
        LOOPS.iter().zip(&mut runs).take(loops).try_for_each(|(name, runs)| {
            runs.push(one(name, &url, setting)?);
            Ok(())
        })
    });
    // It has no other end.
    let _ = server.kill();
    let _ = server.wait();
    measured.map(|()| report(setting, &runs))
}

fn start(setting: &Setting) -> Result<(Child, String), String> {
    let mut command =
        this(&["serve", "--people", &setting.people.to_string(), "--wait", &setting.wait.to_string()])?;
    command.args(setting.gzip.then_some("--gzip")).args(setting.expand.then_some("--expand"));
    let mut server = command.stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    let mut line = String::new();
    let output = server.stdout.take().ok_or("the server has no output")?;
    BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
    Ok((server, line.trim().to_owned()))
}

fn this(arguments: &[&str]) -> Result<Command, String> {
    let mut command = Command::new(std::env::current_exe().map_err(|error| error.to_string())?);
    command.args(arguments);
    Ok(command)
}

fn one(name: &str, url: &str, setting: &Setting) -> Result<Run, String> {
    let started = Instant::now();
    let number = if name == "parallel" { setting.parallel } else { setting.shape().pages() };
    let output = this(&["loop", name, url, &number.to_string()])?.output();
    let output = output.map_err(|error| error.to_string())?;
    let wall = started.elapsed();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [people, cpu, peak] = numbers[..] else {
        return Err(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr)));
    };
    if name != "download" && people != setting.people as u64 {
        return Err(format!("{name} brought {people} people and not {}", setting.people));
    }
    Ok(Run { people, wall, cpu, peak })
}

fn report(setting: &Setting, runs: &[Vec<Run>; LOOPS.len()]) {
    println!("{setting:?}, {:.0} MB", runs[0].first().map_or(0.0, |run| run.people as f64 / 1e6));
    println!("{:10} {:>9} {:>7} {:>9} {:>7} {:>10}", "loop", "wall s", "×", "CPU s", "×", "peak MiB");
    for (name, own) in LOOPS.iter().zip(runs).filter(|(_, runs)| !runs.is_empty()) {
        let ratio = |value: fn(&Run) -> f64| {
            median(own.iter().zip(&runs[0]).map(|(run, base)| value(run) / value(base)))
        };
        println!(
            "{name:10} {:>9.2} {:>7.2} {:>9.2} {:>7.2} {:>10.1}",
            median(own.iter().map(|run| run.wall.as_secs_f64())),
            ratio(|run| run.wall.as_secs_f64()),
            median(own.iter().map(|run| run.cpu as f64 / 100.0)),
            ratio(|run| run.cpu.max(1) as f64),
            own.iter().map(|run| run.peak).max().unwrap_or(0) as f64 / 1024.0,
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
