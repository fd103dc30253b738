#include "core/query/soql_parser.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/base/text.h"
#include "core/query/soql_words.h"

namespace outpost::soql {

namespace {

std::vector<std::string_view> clause_words() {
    return {"USING", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "ALL", "AND", "OR"};
}

}  // namespace

bool Parser::is_word(std::string_view word, std::size_t ahead) const {
    return token(ahead).kind == TokenKind::Name && equals_ignoring_ascii_case(token(ahead).source, word);
}
bool Parser::is_sign(std::string_view sign, std::size_t ahead) const {
    return token(ahead).kind == TokenKind::Sign && token(ahead).source == sign;
}
bool Parser::take_word(std::string_view word) {
    if (!is_word(word)) return false;
    take();
    return true;
}
bool Parser::take_sign(std::string_view sign) {
    if (!is_sign(sign)) return false;
    take();
    return true;
}
Status Parser::need_word(std::string_view word) {
    if (take_word(word)) return {};
    return expected(Expect::Word, std::string(word));
}
Status Parser::need_sign(std::string_view sign) {
    if (take_sign(sign)) return {};
    return expected(Expect::Word, std::string(sign));
}

std::unexpected<Error> Parser::expected(Expect kind, std::string what) const {
    static constexpr std::string_view names[] = {"word", "field", "value", "object", "comparison", "number", "condition", "name"};
    const bool end = token().kind == TokenKind::End;
    std::string key = end ? "error.query_end_" : "error.query_expected_";
    key += names[static_cast<std::size_t>(kind)];
    std::vector<std::string> arguments;
    if (!end) arguments.emplace_back(token().source.substr(0, 80));
    if (kind == Expect::Word) arguments.push_back(std::move(what));
    return fail(query_error(text_, token().offset, std::move(key), std::move(arguments)));
}

std::unexpected<Error> Parser::refuse(const Token& at, std::string key, std::vector<std::string> arguments) const {
    return fail(query_error(text_, at.offset, std::move(key), std::move(arguments)));
}

Result<Query> Parser::parse() {
    OUTPOST_TRY(Query query, parse_query());
    if (token().kind != TokenKind::End) OUTPOST_CHECK(fail_at_clause(0));
    return query;
}

// The alias at `at`, "" when there is none; moves behind it.
std::string_view Parser::read_alias(std::size_t& at) const {
    const auto is_name = [&](std::size_t i) { return i < tokens_.size() && tokens_[i].kind == TokenKind::Name; };
    const bool as = is_name(at) && is_name(at + 1) && equals_ignoring_ascii_case(tokens_[at].source, "AS");
    const std::size_t name = at + (as ? 1 : 0);
    if (!is_name(name) || is_reserved(tokens_[name].source)) return {};
    // FROM Account WERE Name = 'x', GRUOP BY Name, LIMT 5 are slips of the pen, not aliases.
    const bool is_clause = name + 1 < tokens_.size() && (tokens_[name + 1].kind == TokenKind::Number ||
                           (is_name(name + 1) && (!is_reserved(tokens_[name + 1].source) || equals_ignoring_ascii_case(tokens_[name + 1].source, "BY"))));
    if (is_clause && !nearest_word(tokens_[name].source, clause_words()).empty()) return {};
    at = name + 1;
    return tokens_[name].source;
}

const Parser::Alias* Parser::find_alias(std::string_view name) const {
    for (const Alias& alias : aliases_)
        if (equals_ignoring_ascii_case(alias.name, name)) return &alias;
    return nullptr;
}

void Parser::find_aliases() {
    aliases_.clear();
    int depth = 0;
    std::size_t at = at_;
    for (; at < tokens_.size(); ++at) {
        const Token& now = tokens_[at];
        if (now.kind == TokenKind::Sign && now.source == "(") ++depth;
        if (now.kind == TokenKind::Sign && now.source == ")" && --depth < 0) return;
        if (depth == 0 && now.kind == TokenKind::Name && equals_ignoring_ascii_case(now.source, "FROM")) break;
    }
    const auto is = [&](std::string_view sign) { return at < tokens_.size() && tokens_[at].kind == TokenKind::Sign && tokens_[at].source == sign; };
    for (bool first = true; first || is(","); first = false) {
        if (++at >= tokens_.size() || tokens_[at].kind != TokenKind::Name) return;
        const Alias* root = first ? nullptr : find_alias(tokens_[at].source);
        std::string path = root != nullptr ? root->path : first ? std::string() : std::string(tokens_[at].source);
        for (++at; is("."); at += 2) {
            if (at + 1 >= tokens_.size()) return;
            if (!first) path += (path.empty() ? "" : ".") + std::string(tokens_[at + 1].source);
        }
        if (const std::string_view name = read_alias(at); !name.empty()) aliases_.push_back({name, std::move(path)});
    }
}

Result<Query> Parser::parse_query() {
    if (++depth_ > depth_max) return refuse(token(), "error.query_depth");
    const std::vector<Alias> outer_aliases = aliases_;
    Query query;
    OUTPOST_CHECK(need_word("SELECT"));
    find_aliases();
    OUTPOST_CHECK(parse_select(query));
    OUTPOST_CHECK(parse_from(query));
    OUTPOST_CHECK(parse_clauses(query));
    aliases_ = outer_aliases;
    --depth_;
    return query;
}

Status Parser::parse_select(Query& query) {
    if (is_word("FROM") && !is_sign(".", 1)) return expected(Expect::Field);
    if (is_word("DISTINCT") && token(1).kind == TokenKind::Name && !is_word("FROM", 1)) return refuse(token(), "error.query_instead", {"DISTINCT", "GROUP BY"});
    while (true) {
        if (is_word("FIELDS") && is_sign("(", 1)) {
            OUTPOST_CHECK(parse_fields_function(query));
        } else if (is_word("TYPEOF") && token(1).kind == TokenKind::Name && !is_word("FROM", 1)) {
            OUTPOST_CHECK(parse_typeof(query));
        } else {
            OUTPOST_TRY(SelectTerm term, parse_select_term());
            query.select.push_back(std::move(term));
        }
        if (!take_sign(",")) break;
        if (is_word("FROM") && !is_sign(".", 1)) return expected(Expect::Field);
    }
    return {};
}

Status Parser::parse_fields_function(Query& query) {
    take();
    take();
    if (take_word("ALL")) {
        query.select_fields_all = true;
    } else if (take_word("STANDARD")) {
        query.select_fields_standard = true;
    } else if (take_word("CUSTOM")) {
        query.select_fields_custom = true;
    } else {
        return expected(Expect::Word, "ALL, STANDARD, CUSTOM");
    }
    return need_sign(")");
}

Result<SelectTerm> Parser::parse_select_term() {
    SelectTerm select;
    if (is_sign("(")) {
        const Token& open = take();
        if (!is_word("SELECT")) return expected(Expect::Word, "SELECT");
        if (depth_ > child_levels_max) return refuse(open, "error.query_nested_subquery", {std::to_string(child_levels_max)});
        OUTPOST_TRY(Query inner, parse_query());
        OUTPOST_CHECK(need_sign(")"));
        select.term.position = open.offset;
        select.subquery = std::make_shared<Query>(std::move(inner));
        return select;
    }
    OUTPOST_TRY(select.term, parse_term());
    const bool as = take_word("AS");
    if (token().kind != TokenKind::Name || is_reserved(token().source)) return select;
    const bool slip = !as && token(1).kind == TokenKind::Name && !is_word("FROM", 1) && !nearest_word(token().source, {"FROM"}).empty();
    if (slip) return refuse(token(), "error.query_meant", {std::string(token().source), "FROM"});
    if (!as) select.term.alias_position = token().offset;
    select.term.alias = std::string(take().source);
    return select;
}

// TYPEOF What WHEN Account THEN Phone, Website WHEN Opportunity THEN Amount ELSE Name END
Status Parser::parse_typeof(Query& query) {
    take();
    OUTPOST_TRY(const FieldPath relationship, parse_path());
    ForTypes types;
    std::vector<std::string> named;
    while (take_word("WHEN")) {
        if (token().kind != TokenKind::Name || (is_reserved(token().source) && !is_word("THEN", 1))) return expected(Expect::Object);
        types.position = token().offset;
        types.names = {std::string(take().source)};
        named.push_back(types.names[0]);
        OUTPOST_CHECK(need_word("THEN"));
        OUTPOST_CHECK(parse_typeof_fields(query, relationship.text, types));
    }
    if (named.empty()) return expected(Expect::Word, "WHEN");
    if (is_word("ELSE")) {
        types.position = take().offset;
        types.names = std::move(named);
        types.others = true;
        OUTPOST_CHECK(parse_typeof_fields(query, relationship.text, types));
    }
    if (take_word("END")) return {};
    return expected(Expect::Word, types.others ? "END" : "WHEN, ELSE, END");
}

Status Parser::parse_typeof_fields(Query& query, const std::string& relationship, const ForTypes& types) {
    do {
        SelectTerm select;
        select.term.position = token().offset;
        if (token().kind == TokenKind::Name && is_reserved(token().source)) return expected(Expect::Field);
        OUTPOST_TRY(select.term.path, parse_path());
        select.term.path.text = relationship + "." + select.term.path.text;
        select.for_types = types;
        query.select.push_back(std::move(select));
    } while (take_sign(","));
    return {};
}

Status Parser::parse_from(Query& query) {
    if (!is_word("FROM")) return expected(Expect::Word, "FROM, “,”");
    take();
    if (token().kind != TokenKind::Name) return expected(Expect::Object);
    query.from_position = token().offset;
    query.from = std::string(take().source);
    while (take_sign(".")) {
        if (token().kind != TokenKind::Name) return expected(Expect::Object);
        query.from = std::string(take().source);  // FROM Account.Contacts: the relationship alone counts
    }
    const auto take_alias = [&] {
        const bool as = take_word("AS");
        if (token().kind == TokenKind::Name && find_alias(token().source) != nullptr) {
            take();
            return true;
        }
        return !as;
    };
    if (!take_alias()) return expected(Expect::Name);
    while (is_sign(",")) {  // FROM Contact c, c.Account a: other names for paths over relationships
        const Token& comma = take();
        if (token().kind != TokenKind::Name) return expected(Expect::Object);
        if (find_alias(token().source) == nullptr || !is_sign(".", 1)) return refuse(comma, "error.query_from_list");
        take();
        while (take_sign(".")) {
            if (token().kind != TokenKind::Name) return expected(Expect::Object);
            take();
        }
        if (!take_alias()) return expected(Expect::Name);
    }
    return {};
}

// `last`: the clause that was read last, by its place in the list below; none: FROM.
Status Parser::fail_at_clause(std::size_t last) {
    static constexpr std::string_view clauses[] = {"FROM", "USING", "WHERE", "WITH", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "FOR VIEW", "ALL ROWS"};
    static constexpr std::string_view within[] = {"", "", "AND, OR", "", "", "AND, OR", "ASC, DESC, NULLS FIRST, NULLS LAST", "", "", "", ""};
    for (std::size_t i = 0; i < std::size(clauses) && token().kind == TokenKind::Name; ++i) {
        if (i > last || !equals_ignoring_ascii_case(token().source, clauses[i].substr(0, clauses[i].find(' ')))) continue;
        return refuse(token(), i == last ? "error.query_clause_twice" : "error.query_clause_order", {std::string(clauses[i]), std::string(clauses[last])});
    }
    if (token().kind == TokenKind::Name) {
        std::vector<std::string_view> words = clause_words();
        if (last == 6) words.insert(words.end(), {"ASC", "DESC", "NULLS"});
        const std::string near = nearest_word(token().source, words);
        if (!near.empty() && !is_reserved(token().source)) {
            return refuse(token(), "error.query_meant", {std::string(token().source), near});
        }
    }
    std::string all(within[last]);
    for (std::size_t i = last + 1; i < std::size(clauses); ++i) all += (all.empty() ? "" : ", ") + std::string(clauses[i]);
    return expected(Expect::Word, std::move(all));
}

Status Parser::parse_clauses(Query& query) {
    std::size_t last = 0;   // see fail_at_clause
    const auto reads = [&](std::size_t clause) {
        last = clause;
        return true;
    };
    if (take_word("USING") && reads(1)) {
        OUTPOST_CHECK(need_word("SCOPE"));
        if (take_word("mine")) {
            query.scope_mine = true;
        } else if (!take_word("everything")) {
            return expected(Expect::Word, "mine, everything");
        }
    }
    if (take_word("WHERE") && reads(2)) {
        OUTPOST_TRY(query.where, parse_condition());
    }
    while (take_word("WITH") && reads(3)) OUTPOST_CHECK(parse_with());
    if (take_word("GROUP") && reads(4)) OUTPOST_CHECK(parse_group_by(query));
    if (is_word("HAVING") && reads(5)) {
        if (query.group_by.empty()) return refuse(token(), "error.query_having_without_group");
        take();
        OUTPOST_TRY(query.having, parse_condition());
    }
    if (take_word("ORDER") && reads(6)) OUTPOST_CHECK(parse_order_by(query));
    if (take_word("LIMIT") && reads(7)) {
        OUTPOST_TRY(query.limit, parse_count());
    }
    if (take_word("OFFSET") && reads(8)) {
        OUTPOST_TRY(query.offset, parse_count());
    }
    while (true) {
        if (take_word("FOR") && reads(9)) {
            OUTPOST_CHECK(parse_for());
        } else if (take_word("UPDATE")) {  // counts uses of knowledge articles in Salesforce: nothing to do here
            if (!take_word("TRACKING") && !take_word("VIEWSTAT")) return expected(Expect::Word, "TRACKING, VIEWSTAT");
        } else if (is_word("ALL") && is_word("ROWS", 1) && reads(10)) {
            take();
            take();
            query.all_rows = true;
        } else {
            break;
        }
    }
    if (token().kind != TokenKind::End && !(depth_ > 1 && is_sign(")"))) return fail_at_clause(last);
    return {};
}

Status Parser::parse_with() {
    // Every person sees all of their own data, so these never take a record away.
    if (take_word("SECURITY_ENFORCED") || take_word("USER_MODE") || take_word("SYSTEM_MODE")) return {};
    return expected(Expect::Word, "SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE");
}

Status Parser::parse_for() {
    do {
        if (!take_word("VIEW") && !take_word("REFERENCE") && !take_word("UPDATE")) return expected(Expect::Word, "VIEW, REFERENCE, UPDATE");
    } while (take_sign(","));
    return {};
}

Status Parser::parse_group_by(Query& query) {
    OUTPOST_CHECK(need_word("BY"));
    bool listed = false;
    if ((is_word("ROLLUP") || is_word("CUBE")) && is_sign("(", 1)) {
        (is_word("ROLLUP") ? query.rollup : query.cube) = true;
        take();
        take();
        listed = true;
    }
    do {
        OUTPOST_TRY(Term term, parse_term());
        if (term.aggregate != AggregateFunction::None) return refuse(tokens_[at_ - 1], "error.query_group_aggregate");
        query.group_by.push_back(std::move(term));
    } while (take_sign(","));
    if (query.cube && query.group_by.size() > 6) return refuse(token(), "error.query_cube_size");
    if (listed) return need_sign(")");
    return {};
}

Status Parser::parse_order_by(Query& query) {
    OUTPOST_CHECK(need_word("BY"));
    do {
        OrderTerm order;
        OUTPOST_TRY(order.term, parse_term());
        if (take_word("DESC")) {
            order.descending = true;
        } else {
            take_word("ASC");
        }
        if (take_word("NULLS")) {
            if (take_word("LAST")) {
                order.nulls_last = true;
            } else if (!take_word("FIRST")) {
                return expected(Expect::Word, "FIRST, LAST");
            }
        }
        query.order_by.push_back(std::move(order));
    } while (take_sign(","));
    return {};
}

Result<std::uint32_t> Parser::parse_count() {
    if (token().kind != TokenKind::Number) {
        if (is_sign(":")) return refuse(token(), "error.query_variable");
        return expected(Expect::Number);
    }
    const std::string_view digits = token().source;
    std::uint32_t count = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (code == std::errc::result_out_of_range) count = std::numeric_limits<std::uint32_t>::max();   // more than there can be
    else if (code != std::errc()) return expected(Expect::Number);
    if (end != digits.data() + digits.size()) return expected(Expect::Number);
    take();
    return count;
}

}  // namespace outpost::soql

namespace outpost {

Result<Query> parse_soql(std::string_view text, const Records& records) {
    if (text.size() > soql::query_bytes_max) return fail(soql::query_error(text, 0, "error.query_long"));
    OUTPOST_TRY(const std::vector<soql::Token> tokens, soql::tokenize(text));
    OUTPOST_TRY(Query query, soql::Parser(text, tokens).parse());
    Status bound = bind(query, records);
    if (!bound) {
        Error error = std::move(bound).error();
        error.position = soql::character_position(text, error.position);  // bind() counts in bytes
        return fail(std::move(error));
    }
    return query;
}

}  // namespace outpost
