//! Finding tags in a page that Trunk or this program has written. No parser of foreign HTML: what
//! it does not expect it does not find, and the caller says so.

/// The value of an attribute in a tag: `href` of `<link href="a.css"/>`.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The first tag that begins like this and for which `wanted` is true, as a range of the page.
pub fn find(page: &str, start: &str, wanted: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = page.get(from..)?.find(start) {
        let begin = from + found;
        let end = begin + page.get(begin..)?.find('>')? + 1;
        if wanted(page.get(begin..end)?) {
            return Some((begin, end));
        }
        from = end;
    }
    None
}

/// Takes a tag out of the page and returns it.
pub fn take(page: &mut String, start: &str, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let (begin, end) = find(page, start, wanted)?;
    let tag = page.get(begin..end)?.to_owned();
    page.replace_range(begin..end, "");
    Some(tag)
}

/// Every element of this name, as its opening tag and what stands in it.
pub fn elements<'a>(page: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&open) {
        let whole = after.starts_with([' ', '>']);
        let Some((tag, inside)) = after.split_once('>').filter(|_| whole) else {
            rest = after;
            continue;
        };
        let Some((text, after)) = inside.split_once(&close) else {
            break;
        };
        found.push((tag, text));
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_taken_out_and_its_attributes_are_read() {
        let mut page =
            "<link rel=\"icon\" href=\"i\"/><link rel=\"stylesheet\" href=\"./a.css\"/>."
                .to_owned();
        let sheet = take(&mut page, "<link ", |tag| {
            attribute(tag, "rel") == Some("stylesheet")
        });
        assert_eq!(attribute(&sheet.unwrap(), "href"), Some("./a.css"));
        assert_eq!(page, "<link rel=\"icon\" href=\"i\"/>.");
        assert_eq!(take(&mut page, "<link ", |tag| tag.contains("none")), None);
    }

    #[test]
    fn elements_are_told_from_others_whose_name_begins_alike() {
        let page = "<scripted></scripted><script>1</script><script type=\"module\">2</script>";
        assert_eq!(
            elements(page, "script"),
            [("", "1"), (" type=\"module\"", "2")]
        );
    }
}
