#include "ui/kit/title.h"

namespace outpost::kit {

std::string_view title_beside(std::string_view title, std::string_view beside) {
    constexpr std::string_view dot = " \xC2\xB7 ";
    // Hyphen, en dash, em dash, bar, colon, the colon and dash of Chinese.
    constexpr std::string_view separators[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " | ", ": ", "\xEF\xBC\x9A", "\xE2\x80\x94\xE2\x80\x94"};
    while (!beside.empty()) {
        const std::size_t end = beside.find(dot);
        const std::string_view part = beside.substr(0, end);
        if (!part.empty() && title.starts_with(part))
            for (const std::string_view separator : separators)
                if (const std::string_view rest = title.substr(part.size()); rest.starts_with(separator) && rest.size() > separator.size())
                    return rest.substr(separator.size());
        if (end == std::string_view::npos) break;
        beside.remove_prefix(end + dot.size());
    }
    return title;
}

}  // namespace outpost::kit
