//! What pages and labs are drawn with. Knows `sim`'s traits and no particular simulation.

pub mod actions;
pub mod arrival;
pub mod axis;
pub mod browser;
pub mod cluster;
pub mod data_table;
pub mod deck;
pub mod files;
pub mod line_chart;
pub mod log;
pub mod measure;
pub mod parameters;
pub mod player_bar;
pub mod playing;
pub mod share;
pub mod shared;
pub mod shell;
pub mod space_time;
pub mod storage;
pub mod theme;
pub mod time_marks;
pub mod verdicts;
