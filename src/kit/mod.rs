//! What pages and labs are drawn with. Knows `sim`'s traits and no particular simulation.

pub mod arrival;
pub mod browser;
pub mod storage;
pub mod theme;
pub mod deck;
pub mod playing;
pub mod shared;
pub mod actions;
pub mod log;
pub mod parameters;
pub mod player_bar;
pub mod share;
pub mod shell;
pub mod verdicts;
pub mod axis;
pub mod line_chart;
pub mod measure;
pub mod space_time;
