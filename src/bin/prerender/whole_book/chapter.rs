//! A chapter in the whole book: what is folded on its own page stands unfolded below it.

use happens_before::book::Catalog as _;
use happens_before::book::{Chapter, Exercise, LabBlock, Markup, Predict, Question, Quiz, Segment};
use happens_before::labs;
use happens_before::labs::catalog::Labs;
use happens_before::pages::frame::chapter_address;
use happens_before::pages::questions::word;

use super::escape;
use super::one_page::{OnePage, id, link, without_controls};

/// The chapter; `before` stands above its title.
pub fn html(page: &OnePage, chapter: &Chapter, before: &str) -> String {
    let card = &chapter.card;
    let mut tasks = Tasks {
        number: card.number,
        slug: &card.slug,
        answers: Vec::new(),
    };
    let text: String = chapter
        .segments
        .iter()
        .map(|segment| tasks.segment(segment))
        .collect();
    let questions: String = chapter.questions.iter().map(question).collect();
    let inside = format!(
        "{text}<aside class=\"callout callout-insight\"><p class=\"callout-title\">The one thing to keep</p><p>{}</p></aside>\
         {}<section class=\"questions\"><h3 id=\"questions\">Interview questions</h3>{questions}</section>\
         <div class=\"notes\">{}</div>",
        of(&chapter.insight),
        tasks.answers(),
        of(&chapter.notes)
            .replace("<h2>", "<h3>")
            .replace("</h2>", "</h3>"),
    );
    format!(
        "<article class=\"book-chapter chapter-text\" id=\"{}\">{before}<header class=\"chapter-head\">\
         <p class=\"chapter-number\">Chapter {}</p><h2>{}</h2><p class=\"lead\">{}</p></header>{}</article>",
        card.slug,
        card.number,
        escape(&card.title),
        escape(&card.question),
        page.put(&card.slug, &inside)
    )
}

fn of(markup: &Markup) -> &str {
    markup.0.as_deref().unwrap_or_default()
}

/// What the reader is to answer in a chapter, numbered, with the answers kept for its end.
struct Tasks<'a> {
    /// The number of the chapter.
    number: u8,
    slug: &'a str,
    /// HTML of the answers.
    answers: Vec<String>,
}

impl Tasks<'_> {
    fn segment(&mut self, segment: &Segment) -> String {
        match segment {
            Segment::Html(text) => format!("<div class=\"prose\">{}</div>", of(text)),
            Segment::Lab(lab) => self.lab(lab),
            Segment::Quiz(quiz) => self.quiz(quiz),
            Segment::Predict(predict) => self.predict(predict),
            Segment::Exercise(exercise) => exercise_html(exercise),
        }
    }

    fn lab(&self, block: &LabBlock) -> String {
        let caption = of(&block.caption).to_owned();
        let address = chapter_address(self.slug);
        without_controls(&labs::figure(&block.lab, &block.run, &address, caption))
    }

    /// Keeps an answer, and gives the name of the task: `2.3`.
    fn keep(&mut self, task: &str, answer: &str) -> String {
        let name = format!("{}.{}", self.number, self.answers.len() + 1);
        let back = link(&id(self.slug, task));
        self.answers.push(format!(
            "<div class=\"book-answer\" id=\"{task}-answer\"><p class=\"block-title\"><a href=\"{back}\">{name}</a></p>{answer}</div>"
        ));
        name
    }

    fn quiz(&mut self, quiz: &Quiz) -> String {
        let why = quiz.options.iter().zip('a'..).map(|(option, letter)| {
            let verdict = if option.right { "Right." } else { "Not so." };
            format!(
                "<li{}><p><strong>{letter}) {verdict}</strong></p> {}</li>",
                if option.right {
                    " class=\"is-right\""
                } else {
                    ""
                },
                of(&option.why)
            )
        });
        let answer = format!("<ul>{}</ul>", why.collect::<String>());
        let name = self.keep(&quiz.id, &answer);
        let texts = quiz.options.iter().map(|option| of(&option.text));
        task_html(
            "quiz",
            "Check yourself",
            &quiz.id,
            &name,
            of(&quiz.ask),
            texts,
            self.slug,
        )
    }

    fn predict(&mut self, predict: &Predict) -> String {
        let number = Labs.probe(&predict.lab, &predict.run, &predict.probe);
        let options = predict.options.iter().zip('a'..);
        let right = options
            .filter(|(option, _)| number.as_ref().is_ok_and(|number| option.value == *number))
            .map(|(_, letter)| format!("<p><strong>{letter})</strong> So it came out.</p>"));
        let run = match predict.address.as_str() {
            "" => String::new(),
            address => format!(
                "<p>The run: <a class=\"run-link\" href=\"{0}\"><span class=\"address\">{0}</span></a></p>",
                escape(address)
            ),
        };
        let answer = format!("{}{}{run}", right.collect::<String>(), of(&predict.explain));
        let name = self.keep(&predict.id, &answer);
        let texts = predict.options.iter().map(|option| of(&option.text));
        task_html(
            "predict",
            "Predict, then let it run",
            &predict.id,
            &name,
            of(&predict.ask),
            texts,
            self.slug,
        )
    }

    fn answers(&self) -> String {
        if self.answers.is_empty() {
            return String::new();
        }
        format!(
            "<section class=\"book-answers\"><h3 id=\"answers\">Answers</h3>{}</section>",
            self.answers.concat()
        )
    }
}

fn task_html<'a>(
    class: &str,
    title: &str,
    task: &str,
    name: &str,
    ask: &str,
    options: impl Iterator<Item = &'a str>,
    slug: &str,
) -> String {
    let options: String = options.map(|text| format!("<li>{text}</li>")).collect();
    let answer = link(&id(slug, &format!("{task}-answer")));
    format!(
        "<section class=\"{class}\" id=\"{task}\" aria-label=\"{title}\"><p class=\"block-title\">{title} \
         <a href=\"{answer}\">{name}</a></p>{ask}<ol class=\"book-options\">{options}</ol></section>"
    )
}

fn exercise_html(exercise: &Exercise) -> String {
    format!(
        "<section class=\"exercise\" id=\"{}\" aria-label=\"Exercise\"><p class=\"block-title\">Exercise</p>\
         <div class=\"prose\">{}</div><div class=\"prose book-solution\"><p class=\"block-title\">Solution</p>{}</div></section>",
        exercise.id,
        of(&exercise.task),
        of(&exercise.solution)
    )
}

fn question(question: &Question) -> String {
    let follow_ups: String = question
        .follow_ups
        .iter()
        .map(|text| format!("<li>{}</li>", of(text)))
        .collect();
    let proof = question.proof.as_ref().map(|address| {
        format!(
            "<p>The run that shows it: <a class=\"run-link\" href=\"{0}\"><span class=\"address\">{0}</span></a></p>",
            escape(address)
        )
    });
    format!(
        "<div class=\"question\" id=\"{}\"><div class=\"asked\"><p class=\"block-title\">{}</p>{}</div>\
         <div class=\"answer\"><h4>In short</h4>{}<h4>In full</h4>{}<h4>Often said, and wrong</h4>{}\
         <h4>They may go on to ask</h4><ul>{follow_ups}</ul>{}</div></div>",
        question.id,
        word(question.level),
        of(&question.ask),
        of(&question.short),
        of(&question.full),
        of(&question.mistakes),
        proof.unwrap_or_default()
    )
}
