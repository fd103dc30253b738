#include "ui/page.h"

#include "ui/kit/display.h"

namespace outpost {
namespace {

std::string decoded(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::string encoded(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                           c == '.' || c == '~' || c == ',' || c == ':';
        if (plain) { out += c; continue; }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace

void draw_not_found(Context& context) {
    const kit::EmptyOptions options{.icon = Icon::Search, .text = context.tr("app.not_found_text"), .action = context.tr("app.go_home"), .action_icon = Icon::Home, .height = kit::available(context).height};
    if (kit::empty_state(context, context.tr("app.not_found"), options) == 1) context.navigate(routes::home());
}

Route Route::parse(std::string_view hash) {
    Route route;
    if (hash.starts_with("#")) hash.remove_prefix(1);
    std::string_view query;
    if (const std::size_t mark = hash.find('?'); mark != std::string_view::npos) {
        query = hash.substr(mark + 1);
        hash = hash.substr(0, mark);
    }
    for (std::size_t begin = 0; begin <= hash.size();) {
        const std::size_t end = std::min(hash.find('/', begin), hash.size());
        if (end > begin) route.path.push_back(decoded(hash.substr(begin, end - begin)));
        begin = end + 1;
    }
    for (std::size_t begin = 0; begin < query.size();) {
        const std::size_t end = std::min(query.find('&', begin), query.size());
        const std::string_view pair = query.substr(begin, end - begin);
        const std::size_t equals = pair.find('=');
        if (!pair.empty())
            route.parameters.emplace_back(decoded(pair.substr(0, equals)),
                                          equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1)));
        begin = end + 1;
    }
    return route;
}

std::string Route::path_text() const {
    std::string out = "#/";
    for (std::size_t i = 0; i < path.size(); ++i) out += (i ? "/" : "") + encoded(path[i]);
    return out;
}

std::string Route::to_text() const {
    std::string out = path_text();
    char separator = '?';
    for (const auto& [name, value] : parameters) {
        out += separator + encoded(name) + '=' + encoded(value);
        separator = '&';
    }
    return out;
}

std::string_view Route::parameter(std::string_view name) const {
    for (const auto& [key, value] : parameters)
        if (key == name) return value;
    return {};
}

Route& Route::set(std::string_view name, std::string_view value) {
    for (auto pair = parameters.begin(); pair != parameters.end(); ++pair) {
        if (pair->first != name) continue;
        if (value.empty()) parameters.erase(pair);
        else pair->second = value;
        return *this;
    }
    if (!value.empty()) parameters.emplace_back(std::string(name), std::string(value));
    return *this;
}

namespace routes {
std::string home() { return "#/"; }
std::string list(std::string_view object) { return "#/o/" + encoded(object); }
std::string board(std::string_view object) { return list(object) + "/board"; }
std::string create(std::string_view object) { return list(object) + "/new"; }
std::string record(RecordId id) { return "#/r/" + to_text(id); }
std::string import() { return "#/import"; }
std::string forecast() { return "#/forecast"; }
std::string settings() { return "#/settings"; }
std::string quick_lead() { return "new:#/o/Lead/new?quick=1"; }
std::string stage_settings() { return "#/settings/stages"; }
}  // namespace routes

}  // namespace outpost
