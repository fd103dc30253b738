// Words that the sample data is made of: names of people in several scripts, companies, products, cities, subjects.
// All made up; web addresses lie under example domains (RFC 2606). Called by: transfer (sample data).
#pragma once

#include <string_view>

namespace outpost::sample_words {

struct Person {
    std::string_view first, last, address;   // address: the name in plain letters, for e-mail
};

struct City {
    std::string_view city, state, postal_code, country, dial;
};

inline constexpr Person western_first[] = {  // only `first` and its plain letters
    {"Anna", "", "anna"}, {"José", "", "jose"}, {"Zoë", "", "zoe"}, {"Liam", "", "liam"}, {"Noémie", "", "noemie"}, {"Søren", "", "soren"},
    {"Łukasz", "", "lukasz"}, {"Ingrid", "", "ingrid"}, {"Priya", "", "priya"}, {"Omar", "", "omar"}, {"Chloé", "", "chloe"}, {"Jürgen", "", "juergen"},
    {"Marta", "", "marta"}, {"Ivan", "", "ivan"}, {"Sofía", "", "sofia"}, {"Kenji", "", "kenji"}, {"Aïcha", "", "aicha"}, {"Tom", "", "tom"},
    {"Grace", "", "grace"}, {"Daniel", "", "daniel"}, {"Fatima", "", "fatima"}, {"Elif", "", "elif"}, {"Björn", "", "bjorn"}, {"Hannah", "", "hannah"}};
inline constexpr Person western_last[] = {
    {"", "Müller", "mueller"}, {"", "García", "garcia"}, {"", "Smith", "smith"}, {"", "Nguyễn", "nguyen"}, {"", "Kowalski", "kowalski"},
    {"", "Dubois", "dubois"}, {"", "Rossi", "rossi"}, {"", "Ivanova", "ivanova"}, {"", "Tanaka", "tanaka"}, {"", "Okafor", "okafor"},
    {"", "Johansson", "johansson"}, {"", "O'Brien", "obrien"}, {"", "Peña", "pena"}, {"", "Singh", "singh"}, {"", "Yılmaz", "yilmaz"},
    {"", "Brown", "brown"}, {"", "Haddad", "haddad"}, {"", "Novák", "novak"}, {"", "Lee", "lee"}, {"", "Åkesson", "akesson"},
    {"", "Fernández", "fernandez"}, {"", "Schröder", "schroeder"}, {"", "Costa", "costa"}, {"", "Williams", "williams"}};
inline constexpr Person chinese[] = {
    {"伟", "张", "zhang.wei"}, {"秀英", "王", "wang.xiuying"}, {"娜", "李", "li.na"}, {"敏", "刘", "liu.min"}, {"静", "陈", "chen.jing"},
    {"建国", "杨", "yang.jianguo"}, {"晓明", "赵", "zhao.xiaoming"}, {"丽", "黄", "huang.li"}, {"强", "周", "zhou.qiang"}, {"雪", "吴", "wu.xue"},
    {"子轩", "徐", "xu.zixuan"}, {"欣怡", "孙", "sun.xinyi"}, {"浩然", "朱", "zhu.haoran"}, {"雨桐", "林", "lin.yutong"}, {"明", "欧阳", "ouyang.ming"}};

inline constexpr std::string_view company_first[] = {
    "Global", "United", "Nordic", "Pacific", "Alpine", "Bright", "Crescent", "Delta", "Élan", "Fjord", "Granite", "Harbor", "Iberia", "Jade",
    "Kite", "Lumen", "Meridian", "Nimbus", "Orchid", "Pioneer", "Quartz", "Río", "Summit", "Terra", "Umbra", "Vantage", "Willow", "Zephyr"};
inline constexpr std::string_view company_second[] = {
    "Logistics", "Foods", "Systems", "Pharma", "Textiles", "Energy", "Robotics", "Capital", "Media", "Motors", "Networks", "Packaging",
    "Retail", "Software", "Travel", "Utilities", "Ventures", "Wines", "Instruments", "Marine"};
inline constexpr std::string_view company_form[] = {"GmbH", "S.A.", "Ltd", "Inc.", "Oy", "AB", "K.K.", "Pty", "LLC", "SARL"};
inline constexpr std::string_view chinese_company_first[] = {"华兴", "天宇", "明达", "瑞丰", "金桥", "长城", "东方", "海洋", "星辰", "博远"};
inline constexpr std::string_view chinese_company_second[] = {"科技", "贸易", "物流", "食品", "机械", "电子", "医药", "能源"};

inline constexpr City cities[] = {
    {"San Francisco", "CA", "94105", "United States", "+1 415 555"}, {"Boston", "MA", "02110", "United States", "+1 617 555"},
    {"Austin", "TX", "73301", "United States", "+1 512 555"}, {"Toronto", "ON", "M5H 2N2", "Canada", "+1 416 555"},
    {"London", "", "EC1A 1BB", "United Kingdom", "+44 20 7946"}, {"München", "BY", "80331", "Germany", "+49 89 555"},
    {"Zürich", "ZH", "8001", "Switzerland", "+41 44 555"}, {"Paris", "", "75002", "France", "+33 1 55 55"},
    {"Kraków", "", "31-005", "Poland", "+48 12 555"}, {"København", "", "1050", "Denmark", "+45 55 55"},
    {"São Paulo", "SP", "01310-100", "Brazil", "+55 11 5555"}, {"México D.F.", "", "06000", "Mexico", "+52 55 5555"},
    {"東京", "", "100-0001", "Japan", "+81 3 5555"}, {"Singapore", "", "018956", "Singapore", "+65 5555"}};
inline constexpr City chinese_cities[] = {
    {"北京", "", "100000", "中国", "+86 10 5555"}, {"上海", "", "200000", "中国", "+86 21 5555"}, {"深圳", "广东", "518000", "中国", "+86 755 555"},
    {"杭州", "浙江", "310000", "中国", "+86 571 555"}, {"成都", "四川", "610000", "中国", "+86 28 5555"}};

inline constexpr std::string_view job_titles[] = {
    "Chief Executive Officer", "Head of Purchasing", "IT Director", "Operations Manager", "Buyer", "Finance Director", "Plant Manager",
    "VP Engineering", "Marketing Manager", "Office Manager", "Supply Chain Lead", "Security Officer"};
inline constexpr std::string_view purposes[] = {
    "Renewal", "Upgrade", "Pilot", "Expansion", "New licence", "Support plan", "Migration", "Hardware refresh", "Training", "Audit", "Rollout", "Extra seats"};
inline constexpr std::string_view task_subjects[] = {
    "Call", "Send quote", "Follow up on proposal", "Prepare demo", "Check references", "Send contract", "Update forecast", "Ask for budget", "Send thank-you note"};
inline constexpr std::string_view event_subjects[] = {"Meeting", "Demo", "Kick-off", "Quarterly review", "Lunch", "Site visit", "Contract review"};
inline constexpr std::string_view next_steps[] = {
    "Send proposal", "Schedule demo", "Call back next week", "Review contract with legal", "Negotiate price", "Wait for budget approval", "Visit the plant",
    "Introduce the project lead"};

struct Product {
    std::string_view name, code, family;
    int price;   // whole units of the currency
};
inline constexpr Product products[] = {
    {"Outlook Basic", "OB-100", "Licence", 550}, {"Outlook Plus", "OP-200", "Licence", 1096}, {"Outlook Pro", "OX-300", "Licence", 4821},
    {"Gateway 500", "GW-500", "Hardware", 26768}, {"Gateway Mini", "GW-050", "Hardware", 1890}, {"Sensor Pack", "SP-010", "Hardware", 390},
    {"Onboarding", "SV-001", "Service", 2400}, {"Premium Support", "SV-024", "Service", 3394}, {"Training Day", "SV-008", "Service", 1150},
    {"数据平台", "DP-900", "Licence", 5482}};

struct Rep {
    std::string_view first, last, email, region;
    int leader;                              // place in this list; -1: who made the sample data
};
inline constexpr Rep reps[] = {
    {"Maya", "Hoffmann", "maya.hoffmann", "Central", -1}, {"Diego", "Álvarez", "diego.alvarez", "West", 2}, {"Yuki", "Sato", "yuki.sato", "Asia Pacific", -1},
    {"Nadia", "Haddad", "nadia.haddad", "Central", 0}, {"Owen", "Clarke", "owen.clarke", "East", 0}, {"思远", "郭", "guo.siyuan", "Asia Pacific", 2},
    {"Freja", "Lindqvist", "freja.lindqvist", "East", 0}, {"Ravi", "Menon", "ravi.menon", "West", 2}};

}  // namespace outpost::sample_words
