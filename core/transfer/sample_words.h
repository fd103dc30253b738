// Words that the sample data is made of: names of people in several scripts, companies, products, cities, subjects.
// All made up; web addresses lie under example domains (RFC 2606). Called by: transfer (sample data).
#pragma once

#include <string_view>

namespace outpost::sample_words {

// What is said in the language of who tries the app.
struct Word {
    std::string_view english, chinese;
};

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

inline constexpr Word job_titles[] = {
    {"Chief Executive Officer", "总经理"}, {"Head of Purchasing", "采购主管"}, {"IT Director", "IT 总监"},
    {"Operations Manager", "运营经理"}, {"Buyer", "采购员"}, {"Finance Director", "财务总监"}, {"Plant Manager", "厂长"},
    {"VP Engineering", "工程副总裁"}, {"Marketing Manager", "市场经理"}, {"Office Manager", "行政经理"},
    {"Supply Chain Lead", "供应链主管"}, {"Security Officer", "安全负责人"}};
inline constexpr Word purposes[] = {
    {"Renewal", "续约"}, {"Upgrade", "升级"}, {"Pilot", "试点"}, {"Expansion", "扩容"}, {"New licence", "新许可"},
    {"Support plan", "支持服务"}, {"Migration", "系统迁移"}, {"Hardware refresh", "硬件更新"}, {"Training", "培训"}, {"Audit", "审计"},
    {"Rollout", "全面上线"}, {"Extra seats", "增加席位"}};
inline constexpr Word task_subjects[] = {
    {"Call", "致电客户"}, {"Send quote", "发送报价"}, {"Follow up on proposal", "跟进方案"}, {"Prepare demo", "准备演示"},
    {"Check references", "核实案例"}, {"Send contract", "发送合同"}, {"Update forecast", "更新预测"}, {"Ask for budget", "询问预算"},
    {"Send thank-you note", "发送感谢信"}};
inline constexpr Word event_subjects[] = {
    {"Meeting", "会议"}, {"Demo", "产品演示"}, {"Kick-off", "启动会"}, {"Quarterly review", "季度回顾"}, {"Lunch", "午餐"},
    {"Site visit", "现场拜访"}, {"Contract review", "合同评审"}};
inline constexpr Word next_steps[] = {
    {"Send proposal", "发送方案"}, {"Schedule demo", "安排演示"}, {"Call back next week", "下周回电"},
    {"Review contract with legal", "与法务审阅合同"}, {"Negotiate price", "商谈价格"}, {"Wait for budget approval", "等待预算批准"},
    {"Visit the plant", "参观工厂"}, {"Introduce the project lead", "介绍项目负责人"}};

inline constexpr Word seller_title = {"Account Executive", "客户经理"};
inline constexpr Word licence = {"Licence", "许可"}, hardware = {"Hardware", "硬件"}, service = {"Service", "服务"};
inline constexpr Word central = {"Central", "中区"}, west = {"West", "西区"}, east = {"East", "东区"}, asia_pacific = {"Asia Pacific", "亚太"};

struct Product {
    Word name;
    std::string_view code;
    Word family;
    int price;   // whole units of the currency
};
inline constexpr Product products[] = {
    {{"Outlook Basic", "远望基础版"}, "OB-100", licence, 550}, {{"Outlook Plus", "远望增强版"}, "OP-200", licence, 1096},
    {{"Outlook Pro", "远望专业版"}, "OX-300", licence, 4821}, {{"Gateway 500", "网关 500"}, "GW-500", hardware, 26768},
    {{"Gateway Mini", "迷你网关"}, "GW-050", hardware, 1890}, {{"Sensor Pack", "传感器套装"}, "SP-010", hardware, 390},
    {{"Onboarding", "上线服务"}, "SV-001", service, 2400}, {{"Premium Support", "高级支持"}, "SV-024", service, 3394},
    {{"Training Day", "培训日"}, "SV-008", service, 1150}, {{"数据平台", "数据平台"}, "DP-900", licence, 5482}};

struct Rep {
    Word first, last;
    std::string_view email, chinese_email;
    Word region;
    int leader;                              // place in this list; -1: who made the sample data
};
inline constexpr Rep reps[] = {
    {{"Maya", "美琳"}, {"Hoffmann", "何"}, "maya.hoffmann", "he.meilin", central, -1},
    {{"Diego", "志远"}, {"Álvarez", "罗"}, "diego.alvarez", "luo.zhiyuan", west, 2},
    {{"Yuki", "Yuki"}, {"Sato", "Sato"}, "yuki.sato", "yuki.sato", asia_pacific, -1},
    {{"Nadia", "佳怡"}, {"Haddad", "梁"}, "nadia.haddad", "liang.jiayi", central, 0},
    {{"Owen", "文博"}, {"Clarke", "宋"}, "owen.clarke", "song.wenbo", east, 0},
    {{"思远", "思远"}, {"郭", "郭"}, "guo.siyuan", "guo.siyuan", asia_pacific, 2},
    {{"Freja", "诗涵"}, {"Lindqvist", "唐"}, "freja.lindqvist", "tang.shihan", east, 0},
    {{"Ravi", "Ravi"}, {"Menon", "Menon"}, "ravi.menon", "ravi.menon", west, 2}};

}  // namespace outpost::sample_words
