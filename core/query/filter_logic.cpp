#include "core/query/filter_logic.h"

#include <vector>

#include "core/base/text.h"

namespace outpost {
namespace {

constexpr int depth_max = 50;

class LogicReader {
public:
    LogicReader(std::string_view text, std::span<const std::string> conditions) : text_(text), conditions_(conditions), used_(conditions.size()) {}

    Result<std::string> read() {
        OUTPOST_TRY(std::string joined, read_chain(0));
        if (!word().empty()) return refuse(word() == ")" ? "error.logic_brackets" : "error.logic_operator", {std::string(word())});
        for (std::size_t at = 0; at < used_.size(); ++at)
            if (!used_[at]) return refuse("error.logic_unused", {std::to_string(at + 1)});
        return joined;
    }

private:
    // The next number, word or bracket; "" at the end. A run of letters and digits is one word.
    std::string_view word() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        std::size_t end = at_;
        const auto plain = [&](char c) { return c != ' ' && c != '(' && c != ')'; };
        while (end < text_.size() && plain(text_[end])) ++end;
        if (end == at_ && end < text_.size()) ++end;
        return text_.substr(at_, end - at_);
    }
    bool take(std::string_view wanted) {
        if (!equals_ignoring_ascii_case(word(), wanted)) return false;
        at_ += wanted.size();
        return true;
    }
    std::unexpected<Error> refuse(const char* key, std::vector<std::string> arguments = {}) {
        Error error{ErrorCode::MalformedQuery, key, std::move(arguments)};
        error.position = static_cast<int>(at_);
        return std::unexpected(std::move(error));
    }

    Result<std::string> read_chain(int depth) {
        OUTPOST_TRY(std::string joined, read_one(depth));
        std::string_view between;
        while (true) {
            const std::string_view next = word();
            const std::string_view here = equals_ignoring_ascii_case(next, "AND") ? " AND " : equals_ignoring_ascii_case(next, "OR") ? " OR " : "";
            if (here.empty()) return joined;
            if (!between.empty() && here != between) return refuse("error.logic_mixed");
            between = here;
            at_ += next.size();
            OUTPOST_TRY(const std::string one, read_one(depth));
            (joined += here) += one;
        }
    }

    Result<std::string> read_one(int depth) {
        if (depth > depth_max) return refuse("error.logic_brackets");
        if (take("NOT")) {
            OUTPOST_TRY(const std::string one, read_one(depth + 1));
            return "(NOT " + one + ")";
        }
        if (take("(")) {
            OUTPOST_TRY(const std::string inner, read_chain(depth + 1));
            if (!take(")")) return word().empty() ? refuse("error.logic_brackets") : refuse("error.logic_operator", {std::string(word())});
            return "(" + inner + ")";
        }
        const std::string_view name = word();
        if (name.empty()) return refuse("error.logic_end");
        std::size_t number = 0;
        for (const char c : name) number = c >= '0' && c <= '9' && number <= conditions_.size() ? number * 10 + static_cast<std::size_t>(c - '0') : conditions_.size() + 1;
        if (number == 0 || number > conditions_.size()) return refuse("error.logic_number", {std::string(name), std::to_string(conditions_.size())});
        used_[number - 1] = true;
        at_ += name.size();
        return conditions_[number - 1];
    }

    std::string_view text_;
    std::span<const std::string> conditions_;
    std::vector<bool> used_;
    std::size_t at_ = 0;
};

}  // namespace

Result<std::string> join_conditions(std::string_view logic, std::span<const std::string> conditions) {
    if (!trim(logic).empty()) return LogicReader(logic, conditions).read();
    std::string joined;
    for (const std::string& condition : conditions) joined += (joined.empty() ? "" : " AND ") + condition;
    return joined;
}

}  // namespace outpost
