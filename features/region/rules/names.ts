// First and family names as they are met in French schools, of many origins. Invented combinations: nobody is meant.
import { drawn, type Random } from './random.ts'

type Names = { family: string; girls: string; boys: string; women: string; men: string; weight: number }

// Words are separated by spaces; an underscore stands for a space within a name. Frequent names come first.
const origins: Record<string, Names> = {
  france: {
    weight: 62,
    family: `Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux
      David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André
      Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Perrin Robin Clément Morin Nicolas Henry
      Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard
      Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinet Gérard Roche Renard Schmitt Roy Leroux Colin
      Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey
      Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Moulin Louis
      Deschamps Huet Vasseur Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré Charles
      Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé Schneider Collet Léger Bouvier Julien Prévost Millet
      Perrot Daniel Le_Roux Cousin Germain Breton Besson Langlois Rémy Le_Gall Pelletier Lévêque Perrier Leblanc Barré
      Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Guichard Poulain Étienne Gillet Hoarau Tessier
      Chevallier Collin Lemaître Bénard Chauvin Bouchet Marechal Gay Humbert Gilbert Camus Perret Cordier Weiss Delaunay
      Lacombe Barthélémy Antoine Delattre Ferrand Blin Reynaud Descamps Valentin Texier Charrier Bousquet Vallée
      Buisson Besnard Lesage Drouet Jourdan Hardy Delmas Pichon Verdier Guillon Maury Godard Tanguy Bazin Combes Rossignol
      Didier Delage Chartier Pineau Laporte Gros Granger Chopin Lejeune Raynaud Thierry Coulon Bruneau Le_Goff Guilbert
      Mahé Prigent Kervella Quéré Riou Guéguen Le_Bihan Cadiou Abgrall Etcheverry Elissalde Hiriart Zimmermann Keller
      Schwartz Kieffer Casanova Mattei Albertini Santoni Peyrat Castagné Cazenave Lafargue Bordenave Puyol Roussillon
      Delorme Vacher Chabert Vialle Chassagne Bonnefoy Desbordes Saint-Martin Belmont Beaumont Grandjean Petitjean Thévenet
      Jacquemin Claudel Mougin Vuillemin Cuenot Pernot Faivre Bourdon Hébert Lecoq Quesnel Lemonnier Toutain Auger Vannier
      Delacroix Dewitte Vandamme Dhaene Wattiez Lenoir Lamotte Soulier Tavernier Sabatier Bastide Espinasse Vernet Calmels`,
    girls: `Louise Jade Emma Alice Léa Chloé Anna Camille Rose Lina Manon Inès Zoé Juliette Lou Romy Agathe Jeanne Léonie
      Eva Lucie Charlotte Margaux Ambre Julia Clémence Mathilde Victoire Adèle Élise Romane Margot Apolline Capucine Lola
      Maëlys Noémie Pauline Héloïse Élisa Clara Gabrielle Valentine Roxane Garance Elsa Léna Maya Iris Constance Alix Anaïs
      Lison Faustine Suzanne Madeleine Joséphine Océane Solène Maïwenn Nolwenn Éloïse Salomé Coline Louane Célia Marie`,
    boys: `Gabriel Raphaël Léo Louis Arthur Jules Adam Maël Lucas Hugo Noah Gabin Sacha Paul Nathan Aaron Mathis Ethan
      Éden Tom Léon Noé Tiago Théo Martin Robin Axel Timothée Victor Antoine Clément Baptiste Augustin Maxime Samuel Eliott
      Simon Côme Malo Rémi Valentin Oscar Basile Marius Corentin Thomas Alexandre Évan Enzo Maxence Quentin Titouan Loïc
      Gaspard Achille Célestin Ewen Yann Félix Benjamin Bastien Tristan Émile Hippolyte Joseph Pierre Romain Simon Anatole`,
    women: `Nathalie Isabelle Sylvie Catherine Sandrine Stéphanie Céline Julie Aurélie Caroline Émilie Virginie Laetitia
      Élodie Sophie Christelle Delphine Valérie Karine Anne Claire Hélène Marion Laure Cécile Mélanie Audrey Vanessa Sabrina
      Laurence Florence Véronique Sabine Agnès Emmanuelle Bénédicte Armelle Gaëlle Marie-Laure Anne-Sophie Élisabeth Magali
      Amandine Pauline Mathilde Charlotte Justine Marine Fanny Coralie Estelle Aurore Maud Lucile Séverine Muriel Corinne`,
    men: `Nicolas Sébastien Julien Christophe Frédéric Stéphane David Laurent Olivier Thomas Guillaume Alexandre Vincent
      Jérôme Pierre Benoît Romain Mathieu Cédric Arnaud François Antoine Fabrice Éric Philippe Pascal Thierry Bruno Franck
      Jean-Marc Jean-Philippe Yannick Gilles Hervé Emmanuel Damien Grégory Ludovic Maxime Anthony Jérémy Florian Xavier Rémi
      Loïc Gaël Erwan Fabien Patrice Didier Marc Yves Denis Raphaël Simon Cyril Mickaël Régis Sylvain Aurélien Adrien Kévin`,
  },
  maghreb: {
    weight: 14,
    family: `Benali Haddad Bouzid Saïdi Belkacem Mansouri Cherif Brahimi Hamdi Amrani Ziani Bensaïd Ben_Salah Meziane Khelifi
      Boudiaf Rahmani Hadj Slimani Toumi El_Amrani Bennani Alaoui Idrissi Tazi El_Fassi Berrada Lahlou Naciri Ouali Trabelsi
      Jebali Ayari Gharbi Hammami Chaabane Bouazizi Mejri Ferhat Aït_Ahmed Aït_Ali Ould_Ali Kaci Hamidou Mokrani Bouchareb
      Zerrouki Djebbar Larbi Messaoudi Guerfi Belhadj Taleb Othmani Fekir Zidani Daoudi Kaddouri El_Mansouri Chraïbi Adjani`,
    girls: `Inaya Yasmine Nour Aya Lina Sarah Imane Salma Assia Kenza Farah Meriem Hafsa Nesrine Amira Lilia Syrine Dounia
      Jana Rania Malak Ines Selma Sofia Nawel Hana Chahinez Maïssa Tasnim Leïla`,
    boys: `Adam Mohamed Rayan Ilyes Yanis Amine Ayoub Younes Bilal Ismaël Sami Anis Walid Imran Mehdi Nassim Zakaria Ibrahim
      Hamza Idriss Marwan Yassine Karim Sofiane Aymen Ilan Kaïs Nael Riad Wassim`,
    women: `Fatima Nadia Samira Karima Malika Leïla Naïma Souad Latifa Farida Zohra Houria Hayat Rachida Amel Sonia Hanane
      Ouarda Djamila Saliha Khadija Siham Fadila Nora Yamina`,
    men: `Karim Rachid Mohamed Kamel Samir Farid Nabil Hakim Mourad Abdelkader Ahmed Said Hassan Omar Djamel Tarek Brahim
      Khaled Hocine Mustapha Fouad Aziz Lotfi Ridha Noureddine`,
  },
  africa: {
    weight: 8,
    family: `Diallo Traoré Diop Coulibaly Sow Keïta Camara Touré Ba Ndiaye Koné Cissé Fofana Konaté Sissoko Diarra Sylla
      Dembélé Bamba Kouassi Kouamé N’Guessan Koffi Mendy Gomis Sarr Fall Gueye Faye Sané Kanté Doucouré Sidibé Barry Baldé
      Soumaré Diakité Sangaré Ouattara Mbaye Mbappé Nkunku Mbemba Kabongo Ilunga Tshimanga Mukendi Moukoko Essomba Eto’o
      Ngo_Mbock Ondo Mba Obiang Nzé Rakoto Andrianina Razafy Saïd_Ali Abdou Mohamed_Ali Houmadi Bacar Ahamada Djoumoi`,
    girls: `Aïcha Fatou Aminata Mariam Awa Aïssatou Kadiatou Maïmouna Fanta Hawa Oumou Ndeye Khady Grâce Divine Bénédicte
      Naïma Tiana Soraya Assetou Djeneba Binta Rokhaya Sira Astou`,
    boys: `Mamadou Ibrahima Moussa Ousmane Amadou Cheikh Abdoulaye Seydou Modibo Boubacar Ismaïla Souleymane Issa Daouda
      Junior Emmanuel Christ Exaucé Youssouf Lamine Malick Demba Habib Sékou Kylian`,
    women: `Aminata Fatoumata Mariama Aïssata Kadidia Ramata Coumba Adama Bintou Salimata Nafissatou Rokia Solange Clarisse
      Édith Mireille Béatrice Joséphine Honorine Ninon`,
    men: `Mamadou Moussa Bakary Oumar Samba Alassane Lassana Drissa Serge Hervé Jean-Claude Patrice Bienvenu Félicien Aimé
      Théophile Idrissa Salif Yacouba Gaoussou`,
  },
  iberia: {
    weight: 6,
    family: `Da_Silva Pereira Ferreira Rodrigues Fernandes Dos_Santos Gomes Martins Lopes Gonçalves Alves Ribeiro Pinto
      Carvalho Teixeira Moreira Correia Marques De_Oliveira Da_Costa Garcia Martinez Sanchez Perez Fernandez Gonzalez
      Rodriguez Gomez Hernandez Ruiz Navarro Moreno Ortega Torres Romero Diaz Molina Serrano Ramos Gil Castillo Ibañez`,
    girls: `Inès Léonor Lara Mia Sofia Carla Luna Elena Matilde Beatriz Mariana Clara Alba Paula Marta Lucia Daniela`,
    boys: `Tiago Diego Enzo Lorenzo Mateo Rafael Miguel Hugo Pablo Alvaro David Tomas Afonso Duarte Bruno Samuel Andrea`,
    women: `Maria Ana Paula Isabel Cristina Sandra Carla Fernanda Lucia Teresa Rosa Carmen Pilar Mercedes Helena Sonia`,
    men: `Manuel José Carlos Antonio Paulo Luis Fernando Jorge Miguel Pedro Rui Nuno Javier Francisco Sergio Angel`,
  },
  italy: {
    weight: 2,
    family: `Rossi Ferrari Russo Bianchi Romano Gallo Costa Fontana Conti Esposito Ricci Bruno De_Luca Moretti Marino Greco
      Barbieri Lombardi Giordano Rizzo Colombo Mancini Longo Leone Martinelli Marchetti Vitale Santoro Mariani Pellegrini`,
    girls: `Giulia Chiara Elena Alessia Sofia Bianca Stella Livia Aurora Carla`,
    boys: `Matteo Lorenzo Leonardo Alessio Enzo Fabio Luca Marco Nino Gino`,
    women: `Francesca Paola Laura Silvia Daniela Patrizia Chiara Monica Elena Giovanna`,
    men: `Marco Paolo Roberto Stefano Fabio Franco Angelo Dino Bruno Salvatore`,
  },
  turkey: {
    weight: 2,
    family: `Yılmaz Kaya Demir Şahin Çelik Yıldız Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek
      Polat Korkmaz Bozkurt Aktaş Ünal Güneş Taş Kaplan Sarkissian Petrossian Hakobian Manoukian`,
    girls: `Elif Zeynep Defne Melissa Esma Selin Yasemin Dilara Ceren Aylin Nazli Lara`,
    boys: `Emir Yusuf Eren Kerem Baran Mert Can Emre Berat Ilyas Tigran Aram`,
    women: `Ayşe Fatma Emine Hatice Zeliha Sevgi Gülsen Meryem Songül Anahit`,
    men: `Mehmet Mustafa Ali Hüseyin Hasan Murat Osman Serkan Erkan Vartan`,
  },
  asia: {
    weight: 3,
    family: `Nguyen Tran Le Pham Huynh Phan Vu Vo Dang Bui Ngo Duong Li Wang Zhang Chen Liu Yang Huang Wu Zhou Lin Xu
      Sivakumar Rajaratnam Kumar Singh Sivanesan Tharmalingam Patel Khan Ahmed Hossain Rahman Islam Sok Chea Keo Sisavath
      Vang Xiong Moua Hosseini Ahmadi Karimi Rezaei Habibi`,
    girls: `Linh Mai Anh Minh-Anh Thi-Lan Mei Lin Xiu Yuna Nila Kavya Anaya Priya Diya Zara Parisa Sokha Maly Kim Lucie`,
    boys: `Minh Duc Huy Bao Kevin William Jun Wei Hao Arjun Aryan Rohan Rayan Kavin Dara Vinh Ali Arash Daniel Éric`,
    women: `Thi-Hoa Lan Huong Thuy Mei-Ling Xiaoyan Li-Na Shanthi Kavitha Sunita Nasreen Sophea Mina Phuong`,
    men: `Van-Tuan Hung Quang Thanh Jian Wei-Ming Guo Ravi Suresh Rajan Imran Vuthy Reza Long`,
  },
  east: {
    weight: 3,
    family: `Kowalski Nowak Wiśniewski Kaczmarek Wójcik Lewandowski Zieliński Popescu Ionescu Dumitru Stan Rusu Moldovan
      Petrović Jovanović Nikolić Ivanov Petrov Dimitrov Shevchenko Kovalenko Bondarenko Melnyk Horváth Nagy Novák Dvořák
      Hoxha Berisha Krasniqi Shala Gashi Kadyrov Magomedov Sokolov Volkov`,
    girls: `Zofia Maja Anastasia Daria Oksana Mila Ana Ioana Elena Sofiya Polina Arta Viktoria Nina`,
    boys: `Jakub Filip Andrei Luka Nikola Maksym Danylo Ivan Alexandru Dmytro Arben Milan Stefan Mikhaïl`,
    women: `Agnieszka Katarzyna Mihaela Elena Olena Svitlana Irina Ivana Jelena Tatiana Magda Natalia`,
    men: `Piotr Marek Ion Mihai Oleksandr Serhiy Dragan Zoran Goran Andrzej Vladimir Besnik`,
  },
}

const words = (text: string) => text.split(/\s+/).map((word) => word.replaceAll('_', ' '))
type Lists = { [K in Exclude<keyof Names, 'weight'>]: string[] }
const lists = Object.fromEntries(
  Object.entries(origins).map(([origin, { weight: _, ...texts }]) => [
    origin,
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, words(text)])),
  ]),
) as unknown as Record<string, Lists>
const weights = Object.fromEntries(Object.entries(origins).map(([origin, { weight }]) => [origin, weight]))

/** Where a family's names come from. */
export function drawOrigin(random: Random): string {
  return drawn(random, weights)
}

/** A family name; the head of the list is drawn more often than its tail. */
export function drawFamilyName(random: Random, origin: string): string {
  const names = (lists[origin] as Lists).family
  return names[Math.floor(names.length * random.unit() ** 1.4)] as string
}

/** A first name; children in families from elsewhere have a first name of the country one time in three. */
export function drawGivenName(
  random: Random,
  origin: string,
  of: 'girls' | 'boys' | 'women' | 'men',
): string {
  const child = of === 'girls' || of === 'boys'
  const names = (lists[child && random.chance(0.33) ? 'france' : origin] as Lists)[of]
  return names[Math.floor(names.length * random.unit() ** 1.2)] as string
}

const letters: Record<string, string> = { ı: 'i', ł: 'l', đ: 'd', ø: 'o', ß: 'ss', œ: 'oe', æ: 'ae' }

/** A name in the letters of a user name: lower case, no accents, only a–z and hyphens. */
export function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[ıłđøßœæ]/g, (letter) => letters[letter] ?? '')
    .replace(/ /g, '-')
    .replace(/[^a-z-]/g, '')
}
